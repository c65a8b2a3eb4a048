import type { Tx } from '@clawster/database/open';
import { openDataKey } from './data-key.ts';
import { unseal } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { boundTo, type SecretPlace } from './store-secret.ts';

/** The plaintext of a secret, for the link alone: it is never returned by the API, logged or recorded. */
export async function readSecret(tx: Tx, keys: KeyWrapper, place: SecretPlace): Promise<string | undefined> {
  const row = await tx
    .selectFrom('secret').select(['version', 'kek_id', 'nonce', 'ciphertext'])
    .where('workspace_id', '=', place.workspaceId).where('owner_kind', '=', place.ownerKind)
    .where('owner_id', '=', place.ownerId).where('field', '=', place.field)
    .executeTakeFirst();
  if (!row) return undefined;
  const { key } = await openDataKey(tx, keys, place.workspaceId);
  return unseal(key, row, boundTo(place, row.version, row.kek_id)).toString();
}

/** Deletes all secrets of an owner, as when it is deleted itself. */
export async function deleteSecrets(tx: Tx, ownerKind: SecretPlace['ownerKind'], ownerId: string): Promise<void> {
  await tx.deleteFrom('secret').where('owner_kind', '=', ownerKind).where('owner_id', '=', ownerId).execute();
}
