import type { Labels } from '@clawster/contract/label';
import type { ChannelBudget } from '@clawster/domain/channel/metered';
import type { SharedBudget } from '@clawster/link/budget';
import type { Tx } from '../transaction.ts';
import { counts } from './use.queries.ts';

/** The hard budgets that count a bot's calls. */
export async function budgetsFor(tx: Tx, botId: string): Promise<SharedBudget[]> {
  const rows = await tx
    .selectFrom('budget')
    .innerJoin('bot', (join) => join.on(counts))
    .where('bot.id', '=', botId)
    .where('budget.hard', '=', true)
    .select(['budget.id', 'budget.name', 'budget.period', 'budget.channel', 'budget.version'])
    .orderBy('budget.name')
    .execute();
  return rows.map(({ period, channel, ...row }) => ({
    ...row,
    period: period as SharedBudget['period'],
    ...(channel === null ? {} : { channel }),
  }));
}

/** The hard budgets of a workspace that count one channel alone. */
export async function readChannelBudgets(tx: Tx, workspaceId: string): Promise<ChannelBudget[]> {
  const rows = await tx
    .selectFrom('budget')
    .select(['botId', 'selector', 'teamId'])
    .where('workspaceId', '=', workspaceId)
    .where('hard', '=', true)
    .where('channel', 'is not', null)
    .execute();
  return rows.map(({ selector, ...row }) => ({ ...row, selector: selector as Labels | null }));
}
