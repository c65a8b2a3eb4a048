import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { sql } from 'kysely';
import { tellRelabelled } from '../budget/tell-budget-bots.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { getBot, lockBot } from './bot.queries.ts';
import { proposeLabels } from './propose-bot.ts';

/** Replaces a bot's labels; who reaches bots by labels reaches others from their next request on, and it has the profiles and overlays of its new ones. */
export const labelBot = command(api.bots.label, relabelBot);

/** The same within a change of more than this. */
export async function relabelBot(context: CommandContext, { botId, labels }: ParsedInputOf<typeof api.bots.label>) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'use');
  const bot = await lockBot(tx, botId);
  const changed = await proposeLabels(tx, caller.workspaceId, { bot, labels });
  refuseUnfit([changed], 'labels');
  await tx
    .updateTable('bot')
    .set({ labels, updatedAt: sql<Date>`now()` })
    .where('id', '=', botId)
    .execute();
  const told = await settleChange(byCaller(context), [changed], { cause: { kind: 'labels' }, reason: '' });
  if (told === 0) await tellRelabelled(tx, botId);
  await record({
    type: 'bot-labels-changed',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { from: bot.labels, to: labels },
  });
  return getBot(tx, botId);
}
