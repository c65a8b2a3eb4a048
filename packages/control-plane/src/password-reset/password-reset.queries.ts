import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
/** As long as a mail takes and a person who reads it; a link lies about for no longer. */
export const resetMinutes = 30;

type ResetValues = {
  personId: string;
  tokenHash: Buffer;
  madeBy: 'mail' | 'owner' | 'machine';
  ownerId?: string;
  /** Where the person belongs, as far as the link was thought of; null: for all. */
  workspaceIds: string[] | null;
};

/** Stores a link's hash in place of an earlier one; until when it is good. */
export async function storeReset(tx: Tx, { ownerId, ...values }: ResetValues): Promise<Date> {
  const row = {
    ...values,
    ownerId: ownerId ?? null,
    createdAt: now,
    expiresAt: sql<Date>`now() + make_interval(mins => ${resetMinutes})`,
  };
  const { expiresAt } = await tx
    .insertInto('passwordReset')
    .values(row)
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
    .returning('expiresAt')
    .executeTakeFirstOrThrow();
  return expiresAt;
}

/** Where someone belongs, in one order. */
const workspacesNow = sql<string[]>`array(select workspace_id::text from membership
  where membership.person_id = password_reset.person_id order by workspace_id)`;
/** The link opens what it was made for and no more, and an owner's no longer than they are one there. */
const isGood = sql<boolean>`expires_at > now() and (workspace_ids is null or workspace_ids = ${workspacesNow})
  and (made_by <> 'owner' or exists (select from membership as theirs where theirs.person_id = owner_id
    and theirs.workspace_id::text = workspace_ids[1] and theirs.role = 'owner' and theirs.disabled_at is null))`;

/** Whose link this is, where they belong, and the passphrase they have; undefined when it is good no more. */
export function findReset(tx: Tx, tokenHash: Buffer) {
  return tx
    .selectFrom('passwordReset')
    .innerJoin('person', 'person.id', 'passwordReset.personId')
    .select(['person.id', 'person.name', 'person.email', 'person.passwordHash'])
    .select(['passwordReset.expiresAt', 'passwordReset.madeBy', workspacesNow.as('workspaceIds')])
    .where('tokenHash', '=', tokenHash)
    .where(isGood)
    .executeTakeFirst();
}

/** Uses a link up; of two that try at once, the second finds it used. */
export async function takeReset(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('passwordReset')
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Takes back links that were asked for and not mailed yet. */
export async function forgetAsked(tx: Tx, email: string): Promise<void> {
  await tx
    .deleteFrom('accountMail')
    .where('kind', '=', 'reset')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .execute();
}

/** Ends someone's link, and those that are on their way: whoever knows their passphrase needs none. */
export async function endResets(tx: Tx, personId: string): Promise<void> {
  // The mails first, as where a link is made for one: neither waits for the other in a ring.
  await tx
    .deleteFrom('accountMail')
    .where('kind', '=', 'reset')
    .where(sql`lower(email)`, '=', sql`(select lower(email) from person where id = ${personId})`)
    .execute();
  await tx.deleteFrom('passwordReset').where('personId', '=', personId).execute();
}
