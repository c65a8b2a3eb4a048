import type { Origin } from '@clawster/contract/event';
import type { Permission } from '@clawster/contract/permission';
import type { Belonging } from '@clawster/domain/password-reset/carrier';
import { sql } from 'kysely';
import { boundRoles, customPermissions, knownPermissions } from '../role/role.queries.ts';
import { accessIn, findAccount, findHome } from '../session/session.queries.ts';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
/** A replica that stops midway keeps a mail from the others for so long; longer than a try can take. */
const claimedMinutes = 3;
const toldMinutes = 24 * 60;

type Mail = { kind: 'reset' | 'password-changed'; email: string; origin: Origin; minutes: number };

/** A mail for the loop to send, which gives it up after so many minutes. */
export async function insertAccountMail(tx: Tx, { minutes, ...mail }: Mail): Promise<void> {
  await tx
    .insertInto('accountMail')
    .values({
      ...mail,
      expiresAt: sql<Date>`now() + make_interval(mins => ${minutes})`,
    })
    .execute();
}

/** Tells someone by mail that their passphrase was changed, and from where. */
export function tellPasswordChanged(tx: Tx, email: string, origin: Origin): Promise<void> {
  return insertAccountMail(tx, { kind: 'password-changed', email, origin, minutes: toldMinutes });
}

function dueMails(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('accountMail')
    .select('accountMail.id')
    .where('nextTryAt', '<=', now)
    .where('expiresAt', '>', now);
}

export async function hasDueAccountMail(tx: Tx): Promise<boolean> {
  return (await dueMails(tx).limit(1).executeTakeFirst()) !== undefined;
}

/** Takes mails that are due, so that no other replica sends them too. */
export function claimDueAccountMails(tx: Tx, limit: number) {
  return tx
    .with('due', (query) => dueMails(query).orderBy('nextTryAt').limit(limit).forUpdate().skipLocked())
    .updateTable('accountMail')
    .set({ tries: sql<number>`tries + 1`, nextTryAt: sql<Date>`now() + make_interval(mins => ${claimedMinutes})` })
    .where('id', 'in', (query) => query.selectFrom('due').select('due.id'))
    .returning(['id', 'kind', 'email', 'origin', 'tries', 'reason'])
    .execute();
}
export type DueAccountMail = Awaited<ReturnType<typeof claimDueAccountMails>>[number];

/** Holds a mail until the transaction ends; false when it was taken back meanwhile. */
export async function holdAccountMail(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.selectFrom('accountMail').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  return row !== undefined;
}

export async function forgetAccountMail(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('accountMail').where('id', '=', id).execute();
}

export async function postponeAccountMail(tx: Tx, failed: { id: string; reason: string; waitMs: number }) {
  await tx
    .updateTable('accountMail')
    .set({ reason: failed.reason, nextTryAt: sql<Date>`now() + make_interval(secs => ${failed.waitMs / 1000})` })
    .where('id', '=', failed.id)
    .execute();
}

/** Whether there are mails or links whose time is over. */
export async function hasOldAccountMail(tx: Tx): Promise<boolean> {
  const old = await tx
    .selectFrom('accountMail')
    .select('id')
    .where('expiresAt', '<=', now)
    .unionAll(tx.selectFrom('passwordReset').select('personId as id').where('expiresAt', '<=', now))
    .limit(1)
    .executeTakeFirst();
  return old !== undefined;
}

/** Forgets them. */
export async function forgetOldAccountMails(tx: Tx): Promise<void> {
  await tx.deleteFrom('accountMail').where('expiresAt', '<=', now).execute();
  await tx.deleteFrom('passwordReset').where('expiresAt', '<=', now).execute();
}

/** Who has an address, where they are let in, and by which mail servers something reaches them; undefined when nobody is. */
export async function findAddressee(tx: Tx, email: string) {
  const person = await findAccount(tx, email);
  const home = person && (await findHome(tx, person.id));
  if (!home || home.disabledAt) return undefined;
  return { person, home: home.workspaceId, belongings: await belongingsOf(tx, person.id) };
}
export type Addressee = NonNullable<Awaited<ReturnType<typeof findAddressee>>>;

/** Disabled ones too: they may be let in again. */
async function belongingsOf(tx: Tx, personId: string): Promise<Belonging[]> {
  const rows = await tx
    .selectFrom('membership')
    .leftJoin('mailServer', 'mailServer.workspaceId', 'membership.workspaceId')
    .select(['membership.workspaceId', 'membership.role', 'mailServer.settings', 'mailServer.setByPermissions'])
    .select([customPermissions('membership').as('customPermissions'), boundRoles.as('boundRoles')])
    .where('personId', '=', personId)
    .orderBy('membership.workspaceId')
    .execute();
  return rows.map((row) => ({
    workspaceId: row.workspaceId,
    permissions: mostOf(accessIn(row)),
    mailServer: row.settings
      ? { place: placeOf(row.settings), ceiling: new Set(knownPermissions(row.setByPermissions ?? [])) }
      : undefined,
  }));
}

/** All that someone may do, to however few bots. */
function mostOf({ permissions, grants = [] }: ReturnType<typeof accessIn>): ReadonlySet<Permission> {
  return new Set([...permissions, ...grants.flatMap((grant) => [...grant.permissions])]);
}

/** What tells one mail server from another. */
function placeOf(settings: unknown): string {
  const { host, port, user } = settings as { host: string; port: number; user?: string };
  return JSON.stringify([host.toLowerCase(), port, user ?? '']);
}
