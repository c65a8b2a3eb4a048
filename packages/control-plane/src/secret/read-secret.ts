import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { keyName } from './data-key.ts';
import { unseal } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { boundTo, type SecretPlace } from './store-secret.ts';

/** The plaintext of a secret, for the link alone: it is never returned by the API, logged or recorded. */
export async function readSecret(tx: Tx, keys: KeyWrapper, place: SecretPlace): Promise<string | undefined> {
  // In one statement: between two, the secret could be sealed anew and its key be gone.
  const row = await tx
    .selectFrom('secret')
    .leftJoin('dataKey', (join) =>
      join.onRef('dataKey.workspaceId', '=', 'secret.workspaceId').on(keyName, '=', sql.ref('secret.kekId')),
    )
    .select(['version', 'secret.kekId', 'nonce', 'ciphertext', 'dataKey.kekId as wrappedBy', 'wrapped'])
    .where('secret.workspaceId', '=', place.workspaceId)
    .where('ownerKind', '=', place.ownerKind)
    .where('ownerId', '=', place.ownerId)
    .where('field', '=', place.field)
    .executeTakeFirst();
  if (!row) return undefined;
  const { wrappedBy, wrapped } = row;
  if (!wrappedBy || !wrapped)
    throw new Error(`The data key ${row.kekId} is gone from the database: put its row of data_key back`);
  const key = await keys.unwrap(wrappedBy, wrapped, place.workspaceId);
  return unseal(key, row, boundTo(place, row.version, row.kekId)).toString();
}

/** Deletes all secrets of an owner, as when it is deleted itself. */
export async function deleteSecrets(tx: Tx, ownerKind: SecretPlace['ownerKind'], ownerId: string): Promise<void> {
  await tx.deleteFrom('secret').where('ownerKind', '=', ownerKind).where('ownerId', '=', ownerId).execute();
}
