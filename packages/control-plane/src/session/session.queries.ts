import { sql } from 'kysely';
import { boundRoles, customPermissions, grantsIn, permissionsIn } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';

/** A person by e-mail. */
export function findAccount(tx: Tx, email: string) {
  return tx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'passwordHash'])
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst();
}

/** The workspace a person used last, else the one they were first made a member of; one that still lets them in comes before one that does not. */
export function findHome(tx: Tx, personId: string) {
  return tx
    .selectFrom('membership')
    .select(['workspaceId', 'role', 'disabledAt'])
    .where('personId', '=', personId)
    .orderBy(sql`disabled_at is not null`)
    .orderBy(
      sql`(select max(last_seen_at) from session
        where session.person_id = membership.person_id and session.workspace_id = membership.workspace_id)`,
      (order) => order.desc().nullsLast(),
    )
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst();
}

/** An open session by its token's hash, with who it belongs to. */
export function findOpenSession(tx: Tx, tokenHash: Buffer) {
  return tx
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.personId', '=', 'session.personId')
        .onRef('membership.workspaceId', '=', 'session.workspaceId'),
    )
    .innerJoin('workspace', 'workspace.id', 'session.workspaceId')
    .select([
      'session.id',
      'session.workspaceId',
      'session.personId',
      'session.createdAt',
      'session.endsAt',
      'session.lastSeenAt',
      'person.name',
      'membership.role',
      'membership.roleSince',
      'membership.createdAt as memberSince',
      'workspace.secondFactorRequiredOf as requiredOf',
      'workspace.secondFactorRequiredSince as requiredSince',
    ])
    .select(
      sql<boolean>`session.by_sso or exists (select from totp where person_id = person.id and confirmed_at is not null)
        or exists (select from passkey where person_id = person.id)`.as('hasFactor'),
    )
    .select([customPermissions('membership').as('customPermissions'), boundRoles.as('boundRoles')])
    .select(sql<Date>`now()`.as('now'))
    .where('membership.disabledAt', 'is', null)
    .where('session.tokenHash', '=', tokenHash)
    .where('session.revokedAt', 'is', null)
    .where('session.expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst();
}

/** What someone may do in a workspace that lets them in; their role is held until the transaction ends. Undefined when none does. */
export async function holdAccess(tx: Tx, membership: { workspaceId: string; personId: string }) {
  const row = await tx
    .selectFrom('membership')
    .select(['role', customPermissions('membership').as('customPermissions'), boundRoles.as('boundRoles')])
    .where('workspaceId', '=', membership.workspaceId)
    .where('personId', '=', membership.personId)
    .where('disabledAt', 'is', null)
    .forShare()
    .executeTakeFirst();
  return row && accessIn(row);
}

/** What someone may do, by a row with their role, what it may, and what they were given for some bots. */
export function accessIn(row: AccessRow) {
  const grants = grantsIn(row.boundRoles);
  return {
    role: row.role,
    permissions: permissionsIn(row.role, row.customPermissions),
    ...(grants.length > 0 ? { grants } : {}),
  };
}

type AccessRow = { role: string; customPermissions: string[] | null; boundRoles: Parameters<typeof grantsIn>[0] };

export type SessionValues = {
  workspaceId: string;
  personId: string;
  tokenHash: Buffer;
  address: string;
  userAgent: string;
  createdAt: Date;
  endsAt: Date | null;
  lastSeenAt: Date;
  expiresAt: Date;
  /** Opened at an identity provider, whose business a second factor is then. */
  bySso: boolean;
};

export async function insertSession(tx: Tx, values: SessionValues): Promise<string> {
  const { id } = await tx.insertInto('session').values(values).returning('id').executeTakeFirstOrThrow();
  await tx.updateTable('person').set({ lastSeenAt: values.lastSeenAt }).where('id', '=', values.personId).execute();
  return id;
}

export async function touchSession(tx: Tx, session: { id: string; personId: string; expiresAt: Date }): Promise<void> {
  // The person first, as whatever closes several of their sessions does: the two never wait for each other.
  await tx
    .updateTable('person')
    .set({ lastSeenAt: sql<Date>`now()` })
    .where('id', '=', session.personId)
    .execute();
  await tx
    .updateTable('session')
    .set({ lastSeenAt: sql<Date>`now()`, expiresAt: session.expiresAt })
    .where('id', '=', session.id)
    .execute();
}

/** Holds a person until the transaction ends, so that their sessions are not moved while all of them are closed. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('person').select('id').where('id', '=', personId).forNoKeyUpdate().execute();
}

/** Whether a session was opened at the provider of its workspace, which speaks for no other workspace. */
export async function isBySso(tx: Tx, sessionId: string): Promise<boolean> {
  const found = await tx.selectFrom('session').select('bySso').where('id', '=', sessionId).executeTakeFirst();
  return found?.bySso ?? false;
}

/** Closes a person's own session that is still open, and tells how it began; undefined when there is none such. */
export function leaveSession(tx: Tx, sessionId: string, personId: string) {
  return tx
    .updateTable('session')
    .set({ revokedAt: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning(['createdAt', 'endsAt', 'bySso'])
    .executeTakeFirst();
}

/** Closes one of a person's own open sessions; false when there is none such. */
export async function closeSession(tx: Tx, sessionId: string, personId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ revokedAt: sql<Date>`now()` })
    .where('id', '=', sessionId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export function listOpenSessions(tx: Tx, personId: string) {
  return tx
    .selectFrom('session')
    .select(['id', 'createdAt', 'lastSeenAt', 'expiresAt', 'address', 'userAgent'])
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .orderBy('lastSeenAt', 'desc')
    .limit(200)
    .execute();
}
