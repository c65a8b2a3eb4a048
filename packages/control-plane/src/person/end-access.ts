import { roles, type Role } from '@clawster/contract/permission';
import type { EndedAccess } from '@clawster/contract/person';
import { isAbove } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import type { Tx } from '../transaction.ts';

type Access = { workspaceId: string; personId: string };
type Context = Pick<ChangeContext, 'tx' | 'recordAll'>;
const now = sql<Date>`now()`;

/** Ends all by which someone acts in a workspace: their sessions, the keys they made and the invitations they gave. */
export async function endAccess(context: Context, access: Access): Promise<EndedAccess> {
  const sessions = await closeSessions(context, access);
  return { sessions, ...(await revokeGrants(context, { ...access, roles })) };
}

/** Ends what someone of this role could not hand out: keys and invitations that stand above it. */
export async function endGrantsAbove(context: Context, access: Access, role: Role): Promise<EndedAccess> {
  const above = roles.filter((other) => isAbove(other, role));
  return { sessions: 0, ...(await revokeGrants(context, { ...access, roles: above })) };
}

/** Closes someone's open sessions in a workspace, all but the one they keep; how many. */
export async function closeSessions(
  { tx, recordAll }: Context,
  { workspaceId, personId, keep }: Access & { keep?: string | undefined },
): Promise<number> {
  let closing = tx
    .updateTable('session')
    .set({ revokedAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning('id');
  if (keep) closing = closing.where('id', '!=', keep);
  const closed = await closing.execute();
  await recordAll(closed.map(({ id }) => ({ type: 'session-closed', subjectId: id })));
  return closed.length;
}

async function revokeGrants({ tx, recordAll }: Context, grants: Access & { roles: readonly Role[] }) {
  if (grants.roles.length === 0) return { apiKeys: 0, invitations: 0 };
  const keys = await revokeKeysOf(tx, grants);
  await recordAll(keys.map(({ id, name }) => ({ type: 'api-key-revoked', subjectId: id, subjectName: name })));
  const invitations = await revokeInvitationsOf(tx, grants);
  await recordAll(
    invitations.map(({ id, email }) => ({ type: 'invitation-revoked', subjectId: id, subjectName: email })),
  );
  return { apiKeys: keys.length, invitations: invitations.length };
}

function revokeKeysOf(tx: Tx, grants: Access & { roles: readonly Role[] }) {
  return tx
    .updateTable('apiKey')
    .set({ revokedAt: now })
    .where('workspaceId', '=', grants.workspaceId)
    .where('createdBy', '=', grants.personId)
    .where('role', 'in', grants.roles)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(['id', 'name'])
    .execute();
}

function revokeInvitationsOf(tx: Tx, grants: Access & { roles: readonly Role[] }) {
  return tx
    .updateTable('invitation')
    .set({ revokedAt: now })
    .where('workspaceId', '=', grants.workspaceId)
    .where('invitedBy', '=', grants.personId)
    .where('role', 'in', grants.roles)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning(['id', 'email'])
    .execute();
}
