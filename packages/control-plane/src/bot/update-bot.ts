import { api } from '@clawster/contract/api';
import type { BotSpec } from '@clawster/contract/bot';
import { changesOf } from '@clawster/domain/audit/changes';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { factsOf, getBot, lockBot, writeSpec } from './bot.queries.ts';
import { findConnector, refuseUnfit } from './create-bot.ts';

/** Changes what a bot should be; what was not named stays, and asking for what is there already changes nothing. */
export const updateBot = command(api.bots.update, async ({ tx, record }, { botId, ...changes }) => {
  const bot = await lockBot(tx, botId);
  const reason = whyNot('update', factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  if (changes.connectorId && changes.connectorId !== bot.spec.connectorId) {
    const connector = await findConnector(tx, changes.connectorId);
    changes.model ??= connector.model;
  }
  const spec: BotSpec = { ...bot.spec, ...given(changes) };
  refuseUnfit(spec);
  const told = changesOf(bot.spec, spec);
  const { changed } = told;
  // Another OpenClaw or another memory limit needs a new process; all else reaches the running one.
  const anew = changed.includes('runtimeVersion') || changed.includes('memoryBytesMax');
  if (changed.length > 0) await writeSpec(tx, bot, { spec, connectorId: spec.connectorId, anew });
  await record({ type: 'bot-updated', subjectId: bot.id, subjectName: bot.name, detail: told });
  return getBot(tx, botId);
});

function given<T extends object>(changes: T): Partial<BotSpec> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
