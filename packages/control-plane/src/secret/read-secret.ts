import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import { keyName } from './data-key.ts';
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
  return row && open(keys, row);
}

/** The same of the envelope with this id, wherever it belongs. */
export async function readSealed(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, sealedId }: { workspaceId: string; sealedId: string },
): Promise<string> {
  return open(keys, await envelopesOf(tx, workspaceId).where('id', '=', sealedId).executeTakeFirstOrThrow());
}

/** A secret with its value, by the id of its envelope. */
export type OpenSecret = { sealedId: string; ownerKind: string; ownerId: string; version: number; value: string };

/** The plaintexts of all secrets of a workspace, to look for them: in memory, and no longer than that. */
export async function readAllSecrets(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<OpenSecret[]> {
  const rows = await envelopesOf(tx, workspaceId).select('secret.id as sealedId').execute();
  return Promise.all(
    rows.map(async ({ sealedId, ...row }) => {
      const { ownerKind, ownerId, version } = row;
      return { sealedId, ownerKind, ownerId, version, value: await open(keys, row) };
    }),
  );
}

/** Each with its key, in one statement: between two, the secret could be sealed anew and its key be gone. */
function envelopesOf(tx: Tx, workspaceId: string) {
  return tx
    .selectFrom('secret')
    .leftJoin('dataKey', (join) =>
      join.onRef('dataKey.workspaceId', '=', 'secret.workspaceId').on(keyName, '=', sql.ref('secret.kekId')),
    )
    .select(['secret.workspaceId', 'ownerKind', 'ownerId', 'field', 'version', 'secret.kekId', 'nonce', 'ciphertext'])
    .select(['dataKey.kekId as wrappedBy', 'wrapped'])
    .where('secret.workspaceId', '=', workspaceId);
}
type Row = Awaited<ReturnType<ReturnType<typeof envelopesOf>['executeTakeFirstOrThrow']>>;

async function open(keys: KeyWrapper, row: Row): Promise<string> {
  const { workspaceId, version, kekId, wrappedBy, wrapped } = row;
  if (!wrappedBy || !wrapped)
    throw new Error(`The data key ${kekId} is gone from the database: put its row of data_key back`);
  const key = await keys.unwrap(wrappedBy, wrapped, workspaceId);
  return unseal(key, row, boundTo(row as Row & SecretPlace, version, kekId)).toString();
}

/** Deletes all secrets of an owner, as when it is deleted itself. */
export async function deleteSecrets(tx: Tx, ownerKind: SecretPlace['ownerKind'], ownerId: string): Promise<void> {
  await tx.deleteFrom('secret').where('ownerKind', '=', ownerKind).where('ownerId', '=', ownerId).execute();
}
