import { api } from '@clawster/contract/api';
import type { Invite } from '@clawster/contract/invitation';
import { violates } from '@clawster/database/violation';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { command, type CommandContext } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { findMemberByEmail } from '../person/person.queries.ts';
import { standing } from '../person/standing.ts';
import { findDefinition, holdDefinition } from '../role/role.queries.ts';
import { hashToken, newToken } from '../session/token.ts';
import { linkOf } from './link-of.ts';
import { findMailServer } from '../mail/mail-server.queries.ts';
import { insertMail, tokenPlace } from '../mail/outbox.queries.ts';
import { noMailServer } from '../mail/remove-mail-server.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { insertInvitation, lockPending, markRevoked } from './invitation.queries.ts';

const validDays = 7;
const dayMs = 86_400_000;

/** Invites someone to a role not above the inviter's own; the link leaves in this answer, or by mail, and is not kept after it. */
export const createInvitation = command(api.invitations.create, async (context, invite) => {
  const { tx, caller, record, plane } = context;
  const reason = whyNotGrant(caller, await holdDefinition(tx, caller.workspaceId, invite.role));
  if (reason) throw new Refusal('forbidden', reason);
  const invitedBy = (await standing(tx, caller)) ?? null;
  if (invite.delivery === 'mail' && !(await findMailServer(tx, caller.workspaceId))) throw noMailServer();
  await refuseMember(context, invite);
  await replaceEarlier(context, invite);

  const token = newToken();
  const invitation = await unlessInvitedMeanwhile(invite.email, async () =>
    insertInvitation(tx, {
      ...invite,
      workspaceId: caller.workspaceId,
      tokenHash: hashToken(token),
      invitedBy,
      invitedByName: caller.name,
      expiresAt: new Date((await databaseNow(tx)).getTime() + validDays * dayMs),
    }),
  );
  await record({
    type: 'invitation-created',
    subjectId: invitation.id,
    subjectName: invite.email,
    detail: { role: invite.role, delivery: invite.delivery, expiresAt: invitation.expiresAt },
  });
  if (invite.delivery === 'link') return { invitation, link: linkOf(plane.settings.controlPlaneUrl, token) };
  await storeSecret(tx, plane.keys, { ...tokenPlace(caller.workspaceId, invitation.id), value: token });
  await insertMail(tx, { workspaceId: caller.workspaceId, invitationId: invitation.id });
  return { invitation: { ...invitation, mail: { state: 'waiting' as const } } };
});

async function refuseMember({ tx, caller }: CommandContext, { email }: Invite): Promise<void> {
  const member = await findMemberByEmail(tx, caller.workspaceId, email);
  if (!member) return;
  const message = `${member.name} is a member already: change their role instead`;
  throw Refusal.at('email', 'conflict', message);
}

/** Of an address one link is good at a time: the last. */
async function replaceEarlier({ tx, caller, record }: CommandContext, { email }: Invite): Promise<void> {
  const earlier = await lockPending(tx, caller.workspaceId, { email });
  if (!earlier) return;
  const reason = whyNotManage(caller, await findDefinition(tx, caller.workspaceId, earlier.role));
  if (reason) throw new Refusal('forbidden', reason);
  await markRevoked(tx, earlier.id);
  await record({ type: 'invitation-revoked', subjectId: earlier.id, subjectName: earlier.email });
}

async function unlessInvitedMeanwhile<T>(email: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!violates(cause, 'invitation_pending')) throw cause;
    throw new Refusal('conflict', `${email} was invited at this very moment by someone else: look at the list`, {
      cause,
    });
  }
}
