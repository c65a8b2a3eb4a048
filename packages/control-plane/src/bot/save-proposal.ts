import type { BotSpec } from '@clawster/contract/bot';
import type { Actor } from '@clawster/contract/event';
import type { RevisionCause } from '@clawster/contract/revision';
import { type Changes, changesOf } from '@clawster/domain/audit/changes';
import { refuseUnfit } from '../configuration/settle.ts';
import { insertRevisions } from '../revision/insert-revisions.ts';
import { keepBuiltIn } from '../template/find-template.ts';
import type { Tx } from '../transaction.ts';
import { writeSpec } from './bot.queries.ts';
import type { BotProposal } from './propose-bot.ts';

/**
 * Writes what was proposed of a locked bot, with a revision, and returns what that changed of its spec; where that is
 * nothing, nothing is written. Refuses what its OpenClaw could not take over.
 */
export async function saveProposal(
  { tx, workspaceId, author }: { tx: Tx; workspaceId: string; author: Actor },
  bot: { id: string; generation: number; spec: BotSpec },
  { spec, template, changed, ...why }: BotProposal & { cause: RevisionCause; reason: string },
): Promise<Changes> {
  refuseUnfit([changed]);
  const told = changesOf(bot.spec, spec);
  if (told.changed.length === 0) return told;
  if (template) await keepBuiltIn(tx, workspaceId, template);
  // Another OpenClaw or another memory limit needs a new process; all else reaches the running one.
  const anew = told.changed.includes('runtimeVersion') || told.changed.includes('memoryBytesMax');
  await writeSpec(tx, bot, { spec, connectorId: spec.connectorId, anew });
  await insertRevisions(tx, { workspaceId, author, ...why }, [{ ...changed, number: bot.generation + 1 }]);
  return told;
}
