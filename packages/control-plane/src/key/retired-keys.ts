import type { RetiredDataKeys } from '@clawster/contract/key';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** The tables whose rows are under a data key: `kek_id` is its name. One that is missing here would lose its rows. */
export const tablesUnderDataKeys = ['secret', 'backup', 'idempotency'] as const;

/** So long a retired key of the installation is kept for whoever had it in hand when it was retired. */
const inHandMinutes = 10;

/** Deletes each data key that was retired and that nothing is under any more. */
export async function deleteRetiredKeys(plane: ControlPlane): Promise<void> {
  const retired = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('dataKey')
      .select(['workspaceId', sql<string>`coalesce(name, kek_id)`.as('name')])
      .where('retiredAt', 'is not', null)
      .where(sql<boolean>`not ${isUsed}`)
      .execute(),
  );
  for (const key of retired) await deleteIfUnused(plane, key);
  if (await systemQuery(plane, hasRetiredFactorKey)) await keep(plane, deleteFactorKeys);
}

/** What is still under the retired data keys of a workspace. */
export async function countUnderRetired(tx: Tx, workspaceId: string): Promise<RetiredDataKeys> {
  const under = (table: (typeof tablesUnderDataKeys)[number]) =>
    sql`(select count(*)::int from ${sql.table(table)} where workspace_id = ${workspaceId} and kek_id in (select name from retired))`;
  const { rows } = await sql<RetiredDataKeys>`
    with retired as (select coalesce(name, kek_id) as name from data_key
      where workspace_id = ${workspaceId} and retired_at is not null)
    select (select count(*)::int from retired) as keys, ${under('secret')} as secrets,
      ${under('backup')} as backups, ${under('idempotency')} as answers`.execute(tx);
  return rows[0] ?? { keys: 0, secrets: 0, backups: 0, answers: 0 };
}

/** Waits for whoever is about to seal something under retired keys of a workspace: afterwards what they sealed is seen. */
export async function awaitSealing(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .selectFrom('dataKey')
    .select('workspaceId')
    .where('workspaceId', '=', workspaceId)
    .where('retiredAt', 'is not', null)
    .forUpdate()
    .execute();
}

/** A backup that was begun before may be written under the key it found then, and is listed only at its end. */
const isUsed = sql<boolean>`(${sql.join(
  tablesUnderDataKeys.map(
    (table) => sql`exists (select from ${sql.table(table)} used where used.workspace_id = data_key.workspace_id
      and used.kek_id = coalesce(data_key.name, data_key.kek_id))`,
  ),
  sql` or `,
)} or exists (select from operation where operation.workspace_id = data_key.workspace_id
  and kind = 'backup' and ended_at is null and operation.created_at <= data_key.retired_at))`;

type RetiredKey = { workspaceId: string; name: string };

async function deleteIfUnused(plane: ControlPlane, key: RetiredKey): Promise<void> {
  try {
    await deleteUnused(plane, key);
  } catch (error) {
    // Another replica was there first, or something came under it.
    if (!(error instanceof Refusal && error.code === 'not-found')) throw error;
  }
}

function deleteUnused(plane: ControlPlane, { workspaceId, name }: RetiredKey): Promise<void> {
  return change(plane, { workspaceId, job: 'advance-key-jobs' }, async ({ tx, record }) => {
    await awaitSealing(tx, workspaceId);
    const { numDeletedRows } = await tx
      .deleteFrom('dataKey')
      .where('workspaceId', '=', workspaceId)
      .where('retiredAt', 'is not', null)
      .where(sql<boolean>`coalesce(name, kek_id) = ${name} and not ${isUsed}`)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Refusal('not-found', 'There is no such key that nothing is under');
    await record({ type: 'key-deleted', detail: { name } });
  });
}

const isIdleFactorKey = sql<boolean>`purpose = 'second-factor' and retired_at < now() - make_interval(mins => ${inHandMinutes})
  and not exists (select from totp where totp.kek_id = coalesce(installation_key.name, installation_key.kek_id))`;

async function hasRetiredFactorKey(tx: Tx): Promise<boolean> {
  return (
    (await tx.selectFrom('installationKey').select('purpose').where(isIdleFactorKey).executeTakeFirst()) !== undefined
  );
}

async function deleteFactorKeys(tx: Tx): Promise<void> {
  await tx.deleteFrom('installationKey').where(isIdleFactorKey).execute();
}
