import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { adoptDrift as adopted } from '@clawster/domain/config/adopt-drift';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf } from '../caller.ts';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { factsOf, getBot, lockBot } from './bot.queries.ts';
import { driftOf } from './drift-of.ts';
import { proposeBot } from './propose-bot.ts';
import { saveProposal } from './save-proposal.ts';

/**
 * Makes what was changed of the bot's document on its host the bot's own settings, under a new revision. Refused where
 * settings cannot say it: what no layer may set, a secret, a file that is written from something else.
 */
export const adoptDrift = command(api.bots.adoptDrift, async ({ tx, caller, record }, { botId, reason }) => {
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'use');
  const bot = await lockBot(tx, botId);
  const whyNotNow = whyNot('update', factsOf(bot));
  if (whyNotNow) throw new Refusal('refused', whyNotNow);
  const outcome = adopted(bot.spec.settings, driftOf(bot));
  if ('why' in outcome) throw new Refusal('refused', outcome.why);
  const proposal = await proposeBot(tx, workspaceId, { bot, changes: { settings: outcome.settings } });
  const told = await saveProposal({ tx, workspaceId, author: actorOf(caller) }, bot, {
    ...proposal,
    cause: { kind: 'bot' },
    reason,
  });
  await record({
    type: 'bot-drift-adopted',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { ...told, ...(reason ? { reason } : {}) },
  });
  return getBot(tx, botId);
});
