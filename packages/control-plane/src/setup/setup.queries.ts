import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** Stores the hash of a fresh token, unless set-up is done; false then. */
export async function storeSetupToken(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('setup')
    .values({ tokenHash })
    .onConflict((conflict) =>
      conflict
        .column('onlyOne')
        .doUpdateSet({ tokenHash, createdAt: sql<Date>`now()` })
        .where('setup.completedAt', 'is', null),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Uses the token up; of two that try at once, the second waits here and finds it used. */
export async function useSetupToken(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('setup')
    .set({ completedAt: sql<Date>`now()` })
    .where('tokenHash', '=', tokenHash)
    .where('completedAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Whether this is the token that would be accepted. */
export async function isSetupToken(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const row = await tx
    .selectFrom('setup')
    .select('onlyOne')
    .where('tokenHash', '=', tokenHash)
    .where('completedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export async function isSetupDone(tx: Tx): Promise<boolean> {
  const row = await tx.selectFrom('setup').select('onlyOne').where('completedAt', 'is not', null).executeTakeFirst();
  return row !== undefined;
}
