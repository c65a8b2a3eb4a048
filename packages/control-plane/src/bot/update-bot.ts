import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { factsOf, getBot, lockBot } from './bot.queries.ts';
import { proposeBot } from './propose-bot.ts';
import { saveProposal } from './save-proposal.ts';

/**
 * Changes what a bot should be; what was not named stays, and asking for what is there already changes nothing. Refused
 * whole when its OpenClaw could not take the change over.
 */
export const updateBot = command(api.bots.update, changeBot);

/** The same within a change of more than this. */
export async function changeBot(
  context: CommandContext,
  { botId, reason = '', ...changes }: ParsedInputOf<typeof api.bots.update>,
) {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'use');
  const bot = await lockBot(tx, botId);
  const whyNotNow = whyNot('update', factsOf(bot));
  if (whyNotNow) throw new Refusal('refused', whyNotNow);
  const proposal = await proposeBot(tx, workspaceId, { bot, changes });
  const told = await saveProposal({ tx, workspaceId, author: actorOf(caller) }, bot, {
    ...proposal,
    cause: { kind: 'bot' },
    reason,
  });
  await record({
    type: 'bot-updated',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { ...told, ...(reason ? { reason } : {}) },
  });
  return getBot(tx, botId);
}
