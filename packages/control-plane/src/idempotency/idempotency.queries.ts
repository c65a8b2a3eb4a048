import { idempotencyHours } from '@clawster/contract/idempotency';
import { sql } from 'kysely';
import type { Envelope } from '../secret/envelope.ts';
import type { Tx } from '../transaction.ts';

/** A caller's key. */
export type KeyPlace = { workspaceId: string; callerId: string; key: string };

const nothing = Buffer.alloc(0);

/** Takes a key for this transaction; false when it was used before. Waits for another transaction that is about to use it. */
export async function takeKey(tx: Tx, place: KeyPlace): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('idempotency')
    .values({ ...place, kekId: '', nonce: nothing, ciphertext: nothing })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export function findKept(tx: Tx, place: KeyPlace) {
  return tx
    .selectFrom('idempotency')
    .select(['kekId', 'nonce', 'ciphertext'])
    .where('workspaceId', '=', place.workspaceId)
    .where('callerId', '=', place.callerId)
    .where('key', '=', place.key)
    .executeTakeFirst();
}

/** Keeps the answer of what was done under a key that this transaction took. */
export async function keepAnswer(tx: Tx, place: KeyPlace, kept: Envelope & { kekId: string }): Promise<void> {
  await tx
    .updateTable('idempotency')
    .set(kept)
    .where('workspaceId', '=', place.workspaceId)
    .where('callerId', '=', place.callerId)
    .where('key', '=', place.key)
    .execute();
}

const forgottenAtOnceMax = 5_000;

/** Forgets keys whose time is up, some thousands at once; how many. */
export async function forgetKeys(tx: Tx): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency')
    .where(
      sql<string>`ctid`,
      'in',
      tx
        .selectFrom('idempotency')
        .select(sql<string>`ctid`.as('ctid'))
        .where('createdAt', '<', sql<Date>`now() - make_interval(hours => ${idempotencyHours})`)
        .limit(forgottenAtOnceMax),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}
