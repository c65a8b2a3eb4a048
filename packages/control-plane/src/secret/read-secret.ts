import type { Tx } from '../transaction.ts';
import { openDataKey } from './data-key.ts';
import { unseal } from './envelope.ts';
import type { KeyWrapper } from './key-wrapper.ts';
import { boundTo, type SecretPlace } from './store-secret.ts';

/** The plaintext of a secret, for the link alone: it is never returned by the API, logged or recorded. */
export async function readSecret(tx: Tx, keys: KeyWrapper, place: SecretPlace): Promise<string | undefined> {
  const row = await envelopesOf(tx, place.workspaceId)
    .where('ownerKind', '=', place.ownerKind)
    .where('ownerId', '=', place.ownerId)
    .where('field', '=', place.field)
    .executeTakeFirst();
  return row && open(tx, keys, row);
}

/** The same of the envelope with this id, wherever it belongs. */
export async function readSealed(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, sealedId }: { workspaceId: string; sealedId: string },
): Promise<string> {
  return open(tx, keys, await envelopesOf(tx, workspaceId).where('id', '=', sealedId).executeTakeFirstOrThrow());
}

function envelopesOf(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('secret')
    .select(['workspaceId', 'ownerKind', 'ownerId', 'field', 'version', 'kekId', 'nonce', 'ciphertext'])
    .where('workspaceId', '=', workspaceId);
}
type Row = Awaited<ReturnType<ReturnType<typeof envelopesOf>['executeTakeFirstOrThrow']>>;

async function open(tx: Tx, keys: KeyWrapper, row: Row): Promise<string> {
  const { key } = await openDataKey(tx, keys, row.workspaceId);
  return unseal(key, row, boundTo(row as Row & SecretPlace, row.version, row.kekId)).toString();
}

/** Deletes all secrets of an owner, as when it is deleted itself. */
export async function deleteSecrets(tx: Tx, ownerKind: SecretPlace['ownerKind'], ownerId: string): Promise<void> {
  await tx.deleteFrom('secret').where('ownerKind', '=', ownerKind).where('ownerId', '=', ownerId).execute();
}
