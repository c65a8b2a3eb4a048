import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { factsOf, getBot, lockBot, writeSpec } from './bot.queries.ts';

/** A destroyed bot comes back with its conversations, memory and key, as long as its state is kept. */
export const restoreBot = command(api.bots.restore, async ({ tx, record }, { botId, name, start }) => {
  const bot = await lockBot(tx, botId);
  const reason = whyNot('restore', factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  if (bot.removedAt || !bot.stateKeptUntil || bot.stateKeptUntil <= new Date())
    throw new Refusal('refused', 'The state of this bot is kept no longer: nothing is left to restore');
  const restored = name ?? bot.name;
  await unlessNameTaken('bot', restored, () =>
    tx
      .updateTable('bot')
      .set({ name: restored, phase: 'stopped', phaseSince: sql<Date>`now()`, stateKeptUntil: null })
      .where('id', '=', botId)
      .execute(),
  );
  await writeSpec(tx, bot, { spec: { ...bot.spec, desired: start ? 'running' : 'stopped' } });
  await record({ type: 'bot-restored', subjectId: botId, subjectName: restored });
  return getBot(tx, botId);
});
