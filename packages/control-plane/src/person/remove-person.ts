import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { endAccess } from './end-access.ts';
import { forgetAccount } from './forget-account.ts';
import { lockManaged, refuseLastOwner } from './lock-member.ts';
import { deleteMembership } from './person.queries.ts';

const remove = command(api.people.remove, async (context, { personId }) => {
  const { tx, caller, record } = context;
  if (personId === caller.id)
    throw new Refusal('refused', 'You cannot remove yourself here: remove your account under Settings → Account');
  const member = await lockManaged(tx, caller, personId);
  refuseLastOwner(member);

  const membership = { workspaceId: caller.workspaceId, personId };
  const ended = await endAccess(context, membership);
  await deleteMembership(tx, membership);
  await record({
    type: 'person-removed',
    subjectId: personId,
    subjectName: member.name,
    detail: { role: member.role, ...ended },
  });
  return ended;
});

/** Removes a member from the workspace; what they opened ends within a second. An account that belongs nowhere any more is deleted. */
export async function removePerson(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await remove(plane, caller, raw);
  await forgetAccount(plane, (raw as { personId: string }).personId);
  return answer;
}
