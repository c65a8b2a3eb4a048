import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

export type Identity = { issuer: string; subject: string };
export type Account = { id: string; name: string };

/** The account this very user of the provider was seen with before. */
export function findByIdentity(tx: Tx, { issuer, subject }: Identity): Promise<Account | undefined> {
  return tx
    .selectFrom('personIdentity')
    .innerJoin('person', 'person.id', 'personIdentity.personId')
    .select(['person.id', 'person.name'])
    .where('personIdentity.issuer', '=', issuer)
    .where('personIdentity.subject', '=', subject)
    .executeTakeFirst();
}

/** The account with this address, and whether another user of the same provider has it. */
export function findByAddress(
  tx: Tx,
  { email, issuer }: { email: string; issuer: string },
): Promise<(Account & { isAnothers: boolean }) | undefined> {
  return tx
    .selectFrom('person')
    .select(['id', 'name'])
    .select(
      sql<boolean>`exists (select from person_identity where person_id = person.id and issuer = ${issuer})`.as(
        'isAnothers',
      ),
    )
    .where(sql`lower(email)`, '=', email)
    .executeTakeFirst();
}

export async function insertIdentity(tx: Tx, identity: Identity & { personId: string }): Promise<void> {
  await tx.insertInto('personIdentity').values(identity).execute();
}
