import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { getSkill } from './skill.queries.ts';

/** Deletes a version that no bot names. */
export const deleteSkill = command(api.skills.delete, removeSkill);

/** The same within a change of more than this. */
export async function removeSkill(
  { tx, caller, record }: CommandContext,
  { name, digest }: ParsedInputOf<typeof api.skills.delete>,
) {
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'change');
  const { botCount, builtIn } = await getSkill(tx, workspaceId, { name, digest });
  if (builtIn) throw new Refusal('refused', 'This skill comes with Clawster: leave it out of your layers instead');
  if (botCount > 0) throw new Refusal('refused', `${botCount} bots have this version: take it from their layers first`);
  await tx
    .deleteFrom('skill')
    .where('workspaceId', '=', workspaceId)
    .where('name', '=', name)
    .where('digest', '=', digest)
    .execute();
  await record({ type: 'skill-deleted', subjectName: name, detail: { digest } });
  return {};
}
