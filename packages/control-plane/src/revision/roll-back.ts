import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { factsOf, getBot, lockBot } from '../bot/bot.queries.ts';
import { proposeBot } from '../bot/propose-bot.ts';
import { saveProposal } from '../bot/save-proposal.ts';
import { actorOf } from '../caller.ts';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { getRevision } from './revision.queries.ts';

/**
 * Makes a bot again what it was at a revision, whether it runs or not staying as it is. The layers it shares with others
 * stay as they are now; a connector, a profile or an OpenClaw that is gone since refuses it.
 */
export const rollBack = command(api.revisions.rollBack, async ({ tx, caller, record }, { botId, number, reason }) => {
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'use');
  const bot = await lockBot(tx, botId);
  const whyNotNow = whyNot('update', factsOf(bot));
  if (whyNotNow) throw new Refusal('refused', whyNotNow);
  const { desired: _, template, ...past } = (await getRevision(tx, botId, number)).spec;
  const proposal = await proposeBot(tx, workspaceId, { bot, changes: { ...past, template: template ?? null } });
  const told = await saveProposal({ tx, workspaceId, author: actorOf(caller) }, bot, {
    ...proposal,
    cause: { kind: 'rollback', number },
    reason,
  });
  if (told.changed.length === 0)
    throw new Refusal('refused', `The bot itself is what it was at revision ${number} already`);
  await record({
    type: 'bot-rolled-back',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { ...told, to: number, ...(reason ? { reason } : {}) },
  });
  return getBot(tx, botId);
});
