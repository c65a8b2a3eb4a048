import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** A data key in memory; `kekId` is its name, which everything sealed under it keeps and is bound to. */
export type OpenedKey = { key: Buffer; kekId: string };

/** What a key is called: one made before keys had names by what wrapped it then. */
export const keyName = sql<string>`coalesce(data_key.name, data_key.kek_id)`;

/** Gives a new workspace its data key, wrapped; every secret of the workspace is encrypted under it. */
export async function createDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<void> {
  const made = await keys.wrap(randomBytes(32), workspaceId);
  await tx
    .insertInto('dataKey')
    .values({ workspaceId, name: made.kekId, ...made })
    .execute();
}

/** Retires the workspace's data key for a new one; what is under the old is still read, and nothing more comes under it. */
export async function replaceDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<void> {
  const made = await keys.wrap(randomBytes(32), workspaceId);
  await tx
    .updateTable('dataKey')
    .set({ retiredAt: sql<Date>`now()` })
    .where('workspaceId', '=', workspaceId)
    .where('retiredAt', 'is', null)
    .execute();
  await tx
    .insertInto('dataKey')
    .values({ workspaceId, name: `key:${randomUUID()}`, ...made })
    .execute();
}

/** The data key to seal with now, held in place until the transaction has ended. */
export async function openDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<OpenedKey> {
  const row = await currentKey(tx, workspaceId).forKeyShare().executeTakeFirstOrThrow(noKey);
  return open(keys, workspaceId, row);
}

/** The data key to seal with now, for a transaction that writes nothing. */
export async function lookUpDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<OpenedKey> {
  return open(keys, workspaceId, await currentKey(tx, workspaceId).executeTakeFirstOrThrow(noKey));
}

/** The data key of this name, to open what is under it; undefined when the workspace has none of that name. */
export async function findDataKey(
  tx: Tx,
  keys: KeyWrapper,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<OpenedKey | undefined> {
  const row = await selectKey(tx, workspaceId).where(keyName, '=', name).executeTakeFirst();
  return row && open(keys, workspaceId, row);
}

const noKey = () => new Error('The workspace has no data key');

const selectKey = (tx: Tx, workspaceId: string) =>
  tx
    .selectFrom('dataKey')
    .select(['kekId', 'wrapped', keyName.as('name')])
    .where('workspaceId', '=', workspaceId);

const currentKey = (tx: Tx, workspaceId: string) => selectKey(tx, workspaceId).where('retiredAt', 'is', null);

async function open(
  keys: KeyWrapper,
  workspaceId: string,
  { kekId, wrapped, name }: { kekId: string; wrapped: Buffer; name: string },
): Promise<OpenedKey> {
  return { key: await keys.unwrap(kekId, wrapped, workspaceId), kekId: name };
}
