import { randomBytes } from 'node:crypto';
import type { Tx } from '@clawster/database/open';
import type { KeyWrapper } from './key-wrapper.ts';

/** Gives a new workspace its data key, wrapped; every secret of the workspace is encrypted under it. */
export async function createDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<void> {
  const wrapped = await keys.wrap(randomBytes(32), workspaceId);
  await tx.insertInto('data_key').values({ workspace_id: workspaceId, kek_id: keys.id, wrapped }).execute();
}

/** The workspace's data key, in memory for this call alone. */
export async function openDataKey(tx: Tx, keys: KeyWrapper, workspaceId: string): Promise<{ key: Buffer; kekId: string }> {
  const row = await tx
    .selectFrom('data_key').select(['kek_id', 'wrapped']).where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow(() => new Error('The workspace has no data key'));
  return { key: await keys.unwrap(row.kek_id, row.wrapped, workspaceId), kekId: row.kek_id };
}
