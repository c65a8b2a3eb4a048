import { api } from '@clawster/contract/api';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { findDefinition } from '../role/role.queries.ts';
import { lockPending, markRevoked } from './invitation.queries.ts';

/** Revokes an invitation that was not accepted yet; its link opens nothing from then on. */
export const revokeInvitation = command(api.invitations.revoke, async ({ tx, caller, record }, { invitationId }) => {
  const invitation = await lockPending(tx, caller.workspaceId, { id: invitationId });
  if (!invitation) throw new Refusal('not-found', 'No invitation with this id is waiting to be accepted');
  const reason = whyNotManage(caller, await findDefinition(tx, caller.workspaceId, invitation.role));
  if (reason) throw new Refusal('forbidden', reason);
  await markRevoked(tx, invitation.id);
  await record({ type: 'invitation-revoked', subjectId: invitation.id, subjectName: invitation.email });
  return {};
});
