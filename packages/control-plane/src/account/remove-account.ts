import { api } from '@clawster/contract/api';
import type { Caller, SignedIn } from '../caller.ts';
import type { ChangeContext } from '../change.ts';
import { command } from '../command.ts';
import { endAccess } from '../person/end-access.ts';
import { forgetAccount } from '../person/forget-account.ts';
import { findMember, lockMember, refuseLastOwner } from '../person/lock-member.ts';
import { deleteMembership } from '../person/person.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { provePerson } from './prove-person.ts';
import { elsewhere } from './elsewhere.ts';

const leaveHere = command(api.account.remove, async (context) => {
  await leave(context, context.caller, context.caller.workspaceId);
  return {};
});

/** Removes the account of the person who asks: from every workspace, unless they are the last owner of one. */
export async function removeAccount(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.account.remove, raw });
  await refuseLastOwnerAnywhere(plane, caller);
  await elsewhere(plane, caller, (context, workspaceId) => leave(context, caller, workspaceId));
  const answer = await leaveHere(plane, caller, input);
  await forgetAccount(plane, caller.id);
  return answer;
}

/** Looked at before anything is left, so that nobody is left with half an account. */
async function refuseLastOwnerAnywhere(plane: ControlPlane, { id, workspaceId }: SignedIn): Promise<void> {
  await systemQuery(plane, async (tx) => {
    const memberships = await tx.selectFrom('membership').select('workspaceId').where('personId', '=', id).execute();
    for (const membership of [{ workspaceId }, ...memberships]) {
      const member = await findMember(tx, membership.workspaceId, id);
      if (member) refuseLastOwner(member);
    }
  });
}

async function leave(
  context: Pick<ChangeContext, 'tx' | 'record' | 'recordAll'>,
  { id: personId, name }: SignedIn,
  workspaceId: string,
): Promise<void> {
  const { tx, record } = context;
  const member = await lockMember(tx, workspaceId, personId);
  if (!member) return;
  refuseLastOwner(member);
  const ended = await endAccess(context, { workspaceId, personId });
  await deleteMembership(tx, { workspaceId, personId });
  await record({
    type: 'person-removed',
    subjectId: personId,
    subjectName: name,
    detail: { role: member.role, themselves: true, ...ended },
  });
}
