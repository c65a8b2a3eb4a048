import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { changesOf } from '@clawster/domain/audit/changes';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { refuseUnfit } from '../configuration/settle.ts';
import { insertRevisions } from '../revision/insert-revisions.ts';
import { keepBuiltIn } from '../template/find-template.ts';
import { factsOf, getBot, lockBot, writeSpec } from './bot.queries.ts';
import { proposeBot } from './propose-bot.ts';

/**
 * Changes what a bot should be; what was not named stays, and asking for what is there already changes nothing. Refused
 * whole when its OpenClaw could not take the change over.
 */
export const updateBot = command(api.bots.update, changeBot);

/** The same within a change of more than this. */
export async function changeBot(
  { tx, caller, record }: CommandContext,
  { botId, reason = '', ...changes }: ParsedInputOf<typeof api.bots.update>,
) {
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'use');
  const bot = await lockBot(tx, botId);
  const whyNotNow = whyNot('update', factsOf(bot));
  if (whyNotNow) throw new Refusal('refused', whyNotNow);
  const { spec, template, changed: configuration } = await proposeBot(tx, workspaceId, { bot, changes });
  refuseUnfit([configuration]);
  if (template) await keepBuiltIn(tx, workspaceId, template);
  const told = changesOf(bot.spec, spec);
  const { changed } = told;
  // Another OpenClaw or another memory limit needs a new process; all else reaches the running one.
  const anew = changed.includes('runtimeVersion') || changed.includes('memoryBytesMax');
  if (changed.length > 0) {
    await writeSpec(tx, bot, { spec, connectorId: spec.connectorId, anew });
    await insertRevisions(tx, { workspaceId, author: actorOf(caller), cause: { kind: 'bot' }, reason }, [
      { ...configuration, number: bot.generation + 1, specBefore: bot.spec },
    ]);
  }
  await record({
    type: 'bot-updated',
    subjectId: bot.id,
    subjectName: bot.name,
    detail: { ...told, ...(reason ? { reason } : {}) },
  });
  return getBot(tx, botId);
}
