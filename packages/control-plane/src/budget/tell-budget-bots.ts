import { sql } from 'kysely';
import { tellBots } from '../bot/tell-bots.ts';
import type { Tx } from '../transaction.ts';
import { counts } from './use.queries.ts';

/** The bots a budget counts get their plan anew: what was refused to them is asked for again, and what is gone holds no more. */
export async function tellBudgetBots(tx: Tx, budgetId: string): Promise<void> {
  const bots = await tx
    .selectFrom('bot')
    .innerJoin('budget', (join) => join.on(counts))
    .where('budget.id', '=', budgetId)
    .where('bot.removedAt', 'is', null)
    .where(sql<boolean>`bot.spec->>'desired' <> 'destroyed'`)
    .select('bot.id')
    .execute();
  await tellBots(
    tx,
    bots.map(({ id }) => id),
  );
}

/** A bot with other labels gets its plan anew where budgets go by labels: others may count its calls from now on. */
export async function tellRelabelled(tx: Tx, botId: string): Promise<void> {
  const byLabels = await tx
    .selectFrom('budget')
    .innerJoin('bot', 'bot.workspaceId', 'budget.workspaceId')
    .where('bot.id', '=', botId)
    .where('budget.hard', '=', true)
    .where('budget.selector', 'is not', null)
    .select('budget.id')
    .executeTakeFirst();
  if (byLabels) await tellBots(tx, [botId]);
}
