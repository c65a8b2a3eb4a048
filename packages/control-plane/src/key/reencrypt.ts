import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { keep } from '../change.ts';
import { resealTotp } from '../second-factor/totp-secret.ts';
import { findDataKey, openDataKey, type OpenedKey } from '../secret/data-key.ts';
import { findInstallationKey, openInstallationKey } from '../secret/installation-key.ts';
import { resealSecret, type StoredSecret } from '../secret/store-secret.ts';
import type { Tx } from '../transaction.ts';
import { addDone } from './key-job.queries.ts';

type Plane = Pick<ControlPlane, 'db' | 'keys'>;

const batchMax = 50;

/** Seals the next secrets of a workspace, then second factors, anew under the keys of now, all in one transaction: how many. */
export async function reencryptBatch(plane: Plane, job: { id: string; workspaceId: string }): Promise<number> {
  const secrets = await keep(plane, async (tx) => {
    const count = await reencryptSecrets(tx, plane, job.workspaceId);
    await addDone(tx, job.id, count);
    return count;
  });
  return secrets > 0 ? secrets : reencryptFactors(plane, job.id);
}

/** How many of a workspace's secrets, and of all second factors, are not under the keys of now. */
export async function countToReencrypt(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ left: number }>`select
    (select count(*) from secret where workspace_id = ${workspaceId} and kek_id <> (select coalesce(name, kek_id)
      from data_key where data_key.workspace_id = secret.workspace_id and retired_at is null))
    + (select count(*) from totp where kek_id <> (select coalesce(name, kek_id)
      from installation_key where purpose = 'second-factor' and retired_at is null)) as left`.execute(tx);
  return Number(rows[0]?.left ?? 0);
}

async function reencryptSecrets(tx: Tx, { keys }: Plane, workspaceId: string): Promise<number> {
  const to = await openDataKey(tx, keys, workspaceId);
  const rows = await secretsUnderOthers(tx, workspaceId, to.kekId);
  const opened = new Map<string, OpenedKey>();
  for (const row of rows) {
    const from = opened.get(row.kekId) ?? (await findDataKey(tx, keys, { workspaceId, name: row.kekId }));
    if (!from) throw new Error(`The data key ${row.kekId} is gone from the database: put its row of data_key back`);
    opened.set(row.kekId, from);
    // The value is what it was, so its version and its date are.
    await tx
      .updateTable('secret')
      .set(resealSecret(row, from, to))
      .where('id', '=', row.id)
      .execute();
  }
  return rows.length;
}

/** Those nobody changes at this moment: who does seals them under the new key. */
function secretsUnderOthers(tx: Tx, workspaceId: string, kekId: string): Promise<StoredSecret[]> {
  return tx
    .selectFrom('secret')
    .select(['id', 'workspaceId', 'ownerKind', 'ownerId', 'field', 'version', 'kekId', 'nonce', 'ciphertext'])
    .where('workspaceId', '=', workspaceId)
    .where('kekId', '!=', kekId)
    .orderBy('id')
    .limit(batchMax)
    .forUpdate()
    .skipLocked()
    .execute() as Promise<StoredSecret[]>;
}

async function reencryptFactors(plane: Plane, jobId: string): Promise<number> {
  if (!(await systemQuery(plane, hasFactors))) return 0;
  const purpose = 'second-factor';
  const to = await openInstallationKey(plane, purpose);
  return keep(plane, async (tx) => {
    const rows = await tx
      .selectFrom('totp')
      .select(['id', 'personId', 'kekId', 'nonce', 'ciphertext'])
      .where('kekId', '!=', to.kekId)
      .limit(batchMax)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const row of rows) {
      const from = await findInstallationKey(plane, { purpose, name: row.kekId });
      if (!from) throw new Error(`The key of second factors ${row.kekId} is gone from the database`);
      await tx
        .updateTable('totp')
        .set(resealTotp(row, from, to))
        .where('id', '=', row.id)
        .execute();
    }
    await addDone(tx, jobId, rows.length);
    return rows.length;
  });
}

async function hasFactors(tx: Tx): Promise<boolean> {
  return (await tx.selectFrom('totp').select('id').limit(1).executeTakeFirst()) !== undefined;
}
