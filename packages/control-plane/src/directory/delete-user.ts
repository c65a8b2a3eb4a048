import { whyNotDecide } from '@clawster/domain/directory/admission';
import { whyNotEndOwner } from '@clawster/domain/person/manage';
import { sql } from 'kysely';
import { endAccess } from '../person/end-access.ts';
import { forgetAccount } from '../person/forget-account.ts';
import { lockMember } from '../person/lock-member.ts';
import { deleteMembership } from '../person/person.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { idIn, noSuch, refuseUnlessMeant } from './answer.ts';
import type { DirectoryCaller } from './authenticate-directory.ts';
import { refuseEnd } from './settle.ts';
import { findUser } from './user.queries.ts';
import { writeAsDirectory } from './write-as-directory.ts';

/** Removes a user from the workspace, and from no other; an account that belongs nowhere any more is deleted. */
export async function deleteUser(
  plane: ControlPlane,
  asking: { caller: DirectoryCaller; baseUrl: string; ifMatch: string | undefined },
  id: string,
): Promise<void> {
  const personId = idIn(id, 'user');
  await writeAsDirectory(plane, asking, async (context) => {
    const { tx, record, directory, mapping } = context;
    const membership = { workspaceId: directory.workspaceId, personId };
    const stored = await findUser(tx, membership.workspaceId, personId);
    const member = stored && (await lockMember(tx, membership.workspaceId, personId));
    if (!member) throw noSuch('user', id);
    refuseUnlessMeant(asking.ifMatch, stored.version);
    refuseEnd(whyNotDecide(directory.name, member, mapping.ceilings), whyNotEndOwner(member, member.ownersInForce));
    const ended = await endAccess(context, membership);
    // Their groups are others by it.
    await tx
      .updateTable('directoryGroup')
      .set({ version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
      .where('workspaceId', '=', membership.workspaceId)
      .where(sql<boolean>`exists (select from directory_group_member as member where member.group_id = directory_group.id
        and member.workspace_id = directory_group.workspace_id and member.person_id = ${personId})`)
      .execute();
    await deleteMembership(tx, membership);
    await record({
      type: 'person-removed',
      subjectId: personId,
      subjectName: member.name,
      detail: { role: member.role, by: 'directory', directory: directory.name, ...ended },
    });
  });
  await forgetAccount(plane, personId);
}
