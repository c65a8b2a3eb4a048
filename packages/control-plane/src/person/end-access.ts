import type { Permission } from '@clawster/contract/permission';
import type { EndedAccess } from '@clawster/contract/person';
import type { Access as HeldAccess } from '@clawster/domain/role/reach';
import { isWithin } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { keyAccess } from '../api-key/api-key.queries.ts';
import { customPermissions, permissionsIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

type Access = { workspaceId: string; personId: string };
type Givers = { workspaceId: string; personIds: string[] };
type Context = Pick<ChangeContext, 'tx' | 'recordAll'>;
const now = sql<Date>`now()`;

/** Ends all by which someone acts in a workspace: their sessions, the keys they made and the invitations they gave. */
export async function endAccess(context: Context, { workspaceId, personId }: Access): Promise<EndedAccess> {
  const sessions = await closeSessions(context, { workspaceId, personId });
  return { sessions, ...(await revokeGrants(context, { workspaceId, personIds: [personId] }, () => true)) };
}

/** Ends what people who have these permissions could not hand out: keys and invitations of theirs that may do more. */
export async function endGrantsAbove(
  context: Context,
  givers: Givers,
  permissions: ReadonlySet<Permission>,
): Promise<EndedAccess> {
  const isAbove = (given: ReadonlySet<Permission>) => !isWithin(given, permissions);
  return { sessions: 0, ...(await revokeGrants(context, givers, isAbove)) };
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

type Ends = (given: ReadonlySet<Permission>) => boolean;

async function revokeGrants({ tx, recordAll }: Context, givers: Givers, ends: Ends) {
  if (givers.personIds.length === 0) return { apiKeys: 0, invitations: 0 };
  const keys = await revokeKeysOf(tx, givers, ends);
  await recordAll(keys.map(({ id, name }) => ({ type: 'api-key-revoked', subjectId: id, subjectName: name })));
  const invitations = await revokeInvitationsOf(tx, givers, ends);
  await recordAll(
    invitations.map(({ id, email }) => ({ type: 'invitation-revoked', subjectId: id, subjectName: email })),
  );
  return { apiKeys: keys.length, invitations: invitations.length };
}

async function revokeKeysOf(tx: Tx, { workspaceId, personIds }: Givers, ends: Ends) {
  const made = await tx
    .selectFrom('apiKey')
    .select(['id', 'role', 'scopes', 'botId', 'labels', customPermissions('api_key').as('customPermissions')])
    .where('workspaceId', '=', workspaceId)
    .where('createdBy', 'in', personIds)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .execute();
  const ending = made.filter((key) => ends(mostOf(keyAccess(key))));
  if (ending.length === 0) return [];
  return tx
    .updateTable('apiKey')
    .set({ revokedAt: now })
    .where('id', 'in', idsOf(ending))
    .where('revokedAt', 'is', null)
    .returning(['id', 'name'])
    .execute();
}

/** All that is given, to however few bots. */
function mostOf({ permissions, grants = [] }: HeldAccess): ReadonlySet<Permission> {
  return new Set([...permissions, ...grants.flatMap((grant) => [...grant.permissions])]);
}

async function revokeInvitationsOf(tx: Tx, { workspaceId, personIds }: Givers, ends: Ends) {
  const pending = await tx
    .selectFrom('invitation')
    .select(['id', 'role', customPermissions('invitation').as('customPermissions')])
    .where('workspaceId', '=', workspaceId)
    .where('invitedBy', 'in', personIds)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute();
  const ending = pending.filter(({ role, customPermissions: own }) => ends(permissionsIn(role, own)));
  if (ending.length === 0) return [];
  return tx
    .updateTable('invitation')
    .set({ revokedAt: now })
    .where('id', 'in', idsOf(ending))
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning(['id', 'email'])
    .execute();
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
