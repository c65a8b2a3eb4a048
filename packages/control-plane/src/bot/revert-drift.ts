import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { factsOf, getBot, lockBot, writeSpec } from './bot.queries.ts';
import { driftOf } from './drift-of.ts';

/** A higher generation, by which the bot's supervisor writes all anew, with nothing else about it. */
export const revertDrift = command(api.bots.revertDrift, async ({ tx, record }, { botId }) => {
  const bot = await lockBot(tx, botId);
  const whyNotNow = whyNot('update', factsOf(bot));
  if (whyNotNow) throw new Refusal('refused', whyNotNow);
  const { files } = driftOf(bot);
  await writeSpec(tx, bot, { spec: bot.spec });
  const detail = { files: files.map(({ file }) => file) };
  await record({ type: 'bot-drift-reverted', subjectId: bot.id, subjectName: bot.name, detail });
  return getBot(tx, botId);
});
