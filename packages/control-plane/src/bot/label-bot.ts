import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { getBot, lockBot } from './bot.queries.ts';

/** Replaces a bot's labels; who reaches bots by labels reaches others from their next request on. */
export const labelBot = command(api.bots.label, async ({ tx, record }, { botId, labels }) => {
  const bot = await lockBot(tx, botId);
  await tx
    .updateTable('bot')
    .set({ labels, updatedAt: sql<Date>`now()` })
    .where('id', '=', botId)
    .execute();
  await record({
    type: 'bot-labels-changed',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { from: bot.labels, to: labels },
  });
  return getBot(tx, botId);
});
