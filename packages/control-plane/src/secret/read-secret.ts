import type { Tx } from '../transaction.ts';
import { openDataKey } from './data-key.ts';
import { unseal } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { boundTo, type SecretPlace } from './store-secret.ts';

/** The plaintext of a secret, for the link alone: it is never returned by the API, logged or recorded. */
export async function readSecret(tx: Tx, keys: KeyWrapper, place: SecretPlace): Promise<string | undefined> {
  const row = await tx
    .selectFrom('secret')
    .select(['version', 'kekId', 'nonce', 'ciphertext'])
    .where('workspaceId', '=', place.workspaceId)
    .where('ownerKind', '=', place.ownerKind)
    .where('ownerId', '=', place.ownerId)
    .where('field', '=', place.field)
    .executeTakeFirst();
  if (!row) return undefined;
  const { key } = await openDataKey(tx, keys, place.workspaceId);
  return unseal(key, row, boundTo(place, row.version, row.kekId)).toString();
}

/** Deletes all secrets of an owner, as when it is deleted itself. */
export async function deleteSecrets(tx: Tx, ownerKind: SecretPlace['ownerKind'], ownerId: string): Promise<void> {
  await tx.deleteFrom('secret').where('ownerKind', '=', ownerKind).where('ownerId', '=', ownerId).execute();
}
