import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;

/** What a passkey signs it for: to be added, to sign in alone, or as the second step. */
export type Purpose = 'add' | 'sign-in' | 'second-step';
export type ChallengeRow = { challengeHash: Buffer; purpose: Purpose; personId: string | null; origin: string };

/** Those that ran out are swept with it. */
export async function insertPasskeyChallenge(
  tx: Tx,
  { minutes, ...values }: ChallengeRow & { minutes: number },
): Promise<void> {
  await tx.deleteFrom('passkeyChallenge').where('expiresAt', '<=', now).execute();
  const expiresAt = sql<Date>`now() + make_interval(mins => ${minutes})`;
  await tx
    .insertInto('passkeyChallenge')
    .values({ ...values, expiresAt })
    .execute();
}

/** Uses a challenge up, whatever comes of it; undefined when there is no such one, it ran out or was used. */
export function takePasskeyChallenge(tx: Tx, { challengeHash, purpose }: { challengeHash: Buffer; purpose: Purpose }) {
  return tx
    .deleteFrom('passkeyChallenge')
    .where('challengeHash', '=', challengeHash)
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', now)
    .returning(['personId', 'origin'])
    .executeTakeFirst();
}
