import type { EndedAccess } from '@clawster/contract/person';
import type { Role } from '@clawster/contract/permission';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { holdDefinition } from '../role/role.queries.ts';
import { endGrantsAbove } from './end-access.ts';
import type { LockedMember } from './lock-member.ts';

type Given = {
  workspaceId: string;
  member: Pick<LockedMember, 'id' | 'name' | 'role'>;
  role: Role;
  /** What the event tells besides, such as whose groups it follows. */
  told?: Record<string, unknown>;
};

/**
 * Gives a member whose row is held another role, which is there until the transaction ends; what they handed out above it
 * ends. It holds for their next request, and streams they opened with the old one end. Whether it may be given is asked before.
 */
export async function giveRole(
  context: ChangeContext,
  { workspaceId, member, role, told }: Given,
): Promise<EndedAccess> {
  const { tx, record } = context;
  await holdDefinition(tx, workspaceId, role);
  await tx
    .updateTable('membership')
    .set({ role, roleSince: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', member.id)
    .execute();
  const ended = await endGrantsAbove(context, { workspaceId, personIds: [member.id] });
  await record({
    type: 'person-role-changed',
    subjectId: member.id,
    subjectName: member.name,
    detail: { from: member.role, to: role, ...told, ...ended },
  });
  return ended;
}
