import type { Permission } from '@clawster/contract/permission';
import type { EndedAccess } from '@clawster/contract/person';
import { type Access as HeldAccess, isAccessWithin } from '@clawster/domain/role/reach';
import { isWithin } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { keyAccess } from '../api-key/api-key.queries.ts';
import { customPermissions, permissionsIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';
import { accessOf } from './access-of.ts';

type Access = { workspaceId: string; personId: string };
type Givers = { workspaceId: string; personIds: string[] };
type Context = Pick<ChangeContext, 'tx' | 'recordAll'>;
const now = sql<Date>`now()`;

/** Ends all by which someone acts in a workspace: their sessions, the keys they made and the invitations they gave. */
export async function endAccess(context: Context, { workspaceId, personId }: Access): Promise<EndedAccess> {
  const sessions = await closeSessions(context, { workspaceId, personId });
  return { sessions, ...(await revokeGrants(context, { workspaceId, personIds: [personId] }, () => true)) };
}

/** Ends what people could not hand out any more, as they are now: keys and invitations of theirs that may do more. */
export async function endGrantsAbove(context: Context, givers: Givers): Promise<EndedAccess> {
  const held = await accessOf(context.tx, givers.workspaceId, givers.personIds);
  const isAbove = (given: HeldAccess, giver: string | null) => {
    const access = giver === null ? undefined : held.get(giver);
    return !access || !isAccessWithin(given, access);
  };
  return { sessions: 0, ...(await revokeGrants(context, givers, isAbove)) };
}

/** Revokes the keys of service accounts: those that may do more than these permissions, or all of them; how many. */
export async function endKeysOfAccounts(
  { tx, recordAll }: Context,
  { workspaceId, serviceAccountIds }: { workspaceId: string; serviceAccountIds: string[] },
  permissions?: ReadonlySet<Permission>,
): Promise<number> {
  if (serviceAccountIds.length === 0) return 0;
  const made = await keysInForce(tx, workspaceId).where('serviceAccountId', 'in', serviceAccountIds).execute();
  const ending = made.filter((key) => !permissions || !isWithin(mostOf(keyAccess(key)), permissions));
  return revokeAll({ tx, recordAll }, ending);
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

type Ends = (given: HeldAccess, giver: string | null) => boolean;

async function revokeGrants({ tx, recordAll }: Context, givers: Givers, ends: Ends) {
  if (givers.personIds.length === 0) return { apiKeys: 0, invitations: 0 };
  const made = await keysInForce(tx, givers.workspaceId)
    .where('createdBy', 'in', givers.personIds)
    // A service account's keys outlive whoever made them.
    .where('serviceAccountId', 'is', null)
    .execute();
  const apiKeys = await revokeAll(
    { tx, recordAll },
    made.filter((key) => ends(keyAccess(key), key.createdBy)),
  );
  const invitations = await revokeInvitationsOf(tx, givers, ends);
  await recordAll(
    invitations.map(({ id, email }) => ({ type: 'invitation-revoked', subjectId: id, subjectName: email })),
  );
  return { apiKeys, invitations: invitations.length };
}

function keysInForce(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('apiKey')
    .select(['id', 'role', 'scopes', 'botId', 'labels', 'createdBy'])
    .select(customPermissions('api_key').as('customPermissions'))
    .where('workspaceId', '=', workspaceId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now);
}

async function revokeAll({ tx, recordAll }: Context, ending: { id: string }[]): Promise<number> {
  if (ending.length === 0) return 0;
  const keys = await tx
    .updateTable('apiKey')
    .set({ revokedAt: now })
    .where('id', 'in', idsOf(ending))
    .where('revokedAt', 'is', null)
    .returning(['id', 'name'])
    .execute();
  await recordAll(keys.map(({ id, name }) => ({ type: 'api-key-revoked', subjectId: id, subjectName: name })));
  return keys.length;
}

/** All that is given, to however few bots. */
function mostOf({ permissions, grants = [] }: HeldAccess): ReadonlySet<Permission> {
  return new Set([...permissions, ...grants.flatMap((grant) => [...grant.permissions])]);
}

async function revokeInvitationsOf(tx: Tx, { workspaceId, personIds }: Givers, ends: Ends) {
  const pending = await tx
    .selectFrom('invitation')
    .select(['id', 'role', 'invitedBy', customPermissions('invitation').as('customPermissions')])
    .where('workspaceId', '=', workspaceId)
    .where('invitedBy', 'in', personIds)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .execute();
  const ending = pending.filter(({ role, customPermissions: own, invitedBy }) =>
    ends({ role, permissions: permissionsIn(role, own) }, invitedBy),
  );
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
