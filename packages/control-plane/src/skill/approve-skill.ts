import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { getSkill } from './skill.queries.ts';

/** Lets bots use a version that the scan held back; who did, and why, is kept. */
export const approveSkill = command(api.skills.approve, allowSkill);

/** The same within a change of more than this. */
export async function allowSkill(
  { tx, caller, record }: CommandContext,
  { name, digest, reason }: ParsedInputOf<typeof api.skills.approve>,
) {
  const { workspaceId } = caller;
  const { status, findings } = await getSkill(tx, workspaceId, { name, digest });
  if (status === 'held')
    await tx
      .updateTable('skill')
      .set({ held: false, approvedBy: actorOf(caller) })
      .where('workspaceId', '=', workspaceId)
      .where('name', '=', name)
      .where('digest', '=', digest)
      .execute();
  await record({
    type: 'skill-approved',
    subjectName: name,
    detail: { digest, reason, findings: findings.map(({ message }) => message) },
  });
  const { files: _, ...skill } = await getSkill(tx, workspaceId, { name, digest });
  return skill;
}
