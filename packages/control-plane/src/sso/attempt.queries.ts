import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;

export type AttemptValues = {
  stateHash: Buffer;
  browserHash: Buffer;
  workspaceId: string;
  providerId: string;
  returnTo: string;
  expiresAt: Date;
};

/** Those that ran out are swept with it. */
export async function insertAttempt(tx: Tx, values: AttemptValues): Promise<void> {
  await tx.deleteFrom('ssoAttempt').where('expiresAt', '<=', now).execute();
  await tx.insertInto('ssoAttempt').values(values).execute();
}

/** Uses an attempt up: only in the browser it began in, in time, and once. */
export function useAttempt(tx: Tx, { stateHash, browserHash }: Pick<AttemptValues, 'stateHash' | 'browserHash'>) {
  return tx
    .deleteFrom('ssoAttempt')
    .where('stateHash', '=', stateHash)
    .where('browserHash', '=', browserHash)
    .where('expiresAt', '>', now)
    .returning(['providerId', 'returnTo'])
    .executeTakeFirst();
}

/** Ends what was begun under settings that are no more. */
export async function forgetAttempts(tx: Tx, workspaceId: string): Promise<void> {
  await tx.deleteFrom('ssoAttempt').where('workspaceId', '=', workspaceId).execute();
}
