import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
const triesMax = 5;

export type ChallengeValues = { tokenHash: Buffer; personId: string; invitationHash: Buffer | null; expiresAt: Date };

/** Those that ran out are swept with it. */
export async function insertChallenge(tx: Tx, values: ChallengeValues): Promise<void> {
  await tx.deleteFrom('signInChallenge').where('expiresAt', '<=', now).execute();
  await tx.insertInto('signInChallenge').values(values).execute();
}

/** Counts a try and tells whose it is; undefined when there is no such challenge, it ran out, or was tried too often. */
export function tryChallenge(tx: Tx, tokenHash: Buffer) {
  return tx
    .updateTable('signInChallenge')
    .from('person')
    .set({ tries: sql<number>`tries + 1` })
    .whereRef('person.id', '=', 'signInChallenge.personId')
    .where('tokenHash', '=', tokenHash)
    .where('tries', '<', triesMax)
    .where('expiresAt', '>', now)
    .returning(['person.id', 'person.name', 'person.email', 'person.passwordHash', 'signInChallenge.invitationHash'])
    .executeTakeFirst();
}

/** Whose a challenge is, without counting a try. */
export async function findChallenge(tx: Tx, tokenHash: Buffer): Promise<string | undefined> {
  const row = await tx
    .selectFrom('signInChallenge')
    .select('personId')
    .where('tokenHash', '=', tokenHash)
    .where('tries', '<', triesMax)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
  return row?.personId;
}

/** Uses a challenge up; false when another did. */
export async function useChallenge(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('signInChallenge')
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Ends all of a person's sign-ins that wait for their second step. */
export async function forgetChallenges(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('signInChallenge').where('personId', '=', personId).execute();
}
