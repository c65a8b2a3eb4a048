import { randomBytes } from 'node:crypto';
import type { Tx } from '../transaction.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** Gives a new workspace its data key, wrapped; every secret of the workspace is encrypted under it. */
export async function createDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<void> {
  const wrapped = await keys.wrap(randomBytes(32), workspaceId);
  await tx.insertInto('dataKey').values({ workspaceId, kekId: keys.id, wrapped }).execute();
}

/** The workspace's data key, in memory for this call alone. */
export async function openDataKey(
  tx: Tx,
  keys: KeyWrapper,
  workspaceId: string,
): Promise<{ key: Buffer; kekId: string }> {
  const row = await tx
    .selectFrom('dataKey')
    .select(['kekId', 'wrapped'])
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow(() => new Error('The workspace has no data key'));
  return { key: await keys.unwrap(row.kekId, row.wrapped, workspaceId), kekId: row.kekId };
}
