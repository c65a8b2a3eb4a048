import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { boundToInstallation } from '../secret/installation-key.ts';
import type { Wrapped } from '../secret/key-driver.ts';
import type { Tx } from '../transaction.ts';
import { addDone } from './key-job.queries.ts';

type Plane = Pick<ControlPlane, 'db' | 'keys'>;
/** A wrapped key and where it is: a workspace's, or the installation's of a purpose. */
type Row = Wrapped & ({ workspaceId: string } | { purpose: string });

const batchMax = 50;

/**
 * Wraps the next keys anew under the newest version of the current key, each in a transaction of its own: how many. A key is
 * the same afterwards, so whoever reads meanwhile finds it wrapped one way or the other. One that cannot be opened keeps
 * no other; when no other is left, it is told.
 */
export async function rewrapBatch(plane: Plane, jobId: string): Promise<number> {
  const newest = await newestId(plane);
  const rows = await systemQuery(plane, (tx) => keysUnderOthers(tx, newest, batchMax));
  const failures: unknown[] = [];
  for (const row of rows) await rewrapOne(plane, jobId, row).catch((error: unknown) => failures.push(error));
  if (failures.length > 0 && failures.length === rows.length) throw failures[0];
  return rows.length - failures.length;
}

/** How many keys of the installation, whosever they are, are not under the current one. */
export function countToRewrap({ db, keys }: Plane): Promise<number> {
  return systemQuery({ db }, async (tx) => {
    const { rows } = await sql<{ left: number }>`select (select count(*) from data_key where kek_id <> ${keys.id})
      + (select count(*) from installation_key where kek_id <> ${keys.id}) as left`.execute(tx);
    return Number(rows[0]?.left ?? 0);
  });
}

/** A key with versions says which is its newest when it wraps. */
async function newestId({ keys }: Plane): Promise<string> {
  return (await keys.wrap(randomBytes(32), boundToInstallation('look'))).kekId;
}

async function keysUnderOthers(tx: Tx, newest: string, limit: number): Promise<Row[]> {
  const ofInstallation = await tx
    .selectFrom('installationKey')
    .select(['purpose', 'kekId', 'wrapped'])
    .where('kekId', '!=', newest)
    .execute();
  const ofWorkspaces = await tx
    .selectFrom('dataKey')
    .select(['workspaceId', 'kekId', 'wrapped'])
    .where('kekId', '!=', newest)
    // At random: of some that fail, none stands before the others each time.
    .orderBy(sql`random()`)
    .limit(limit)
    .execute();
  return [...ofInstallation, ...ofWorkspaces];
}

async function rewrapOne({ db, keys }: Plane, jobId: string, row: Row): Promise<void> {
  const boundTo = 'purpose' in row ? boundToInstallation(row.purpose) : row.workspaceId;
  const key = await keys.unwrap(row.kekId, row.wrapped, boundTo);
  const made = await keys.wrap(key, boundTo).finally(() => key.fill(0));
  const anew = { ...made, name: sql<string>`coalesce(name, kek_id)` };
  await keep({ db }, async (tx) => {
    // Of two who do it, one finds it as it was.
    const update =
      'purpose' in row
        ? tx
            .updateTable('installationKey')
            .set(anew)
            .where('purpose', '=', row.purpose)
            .where('wrapped', '=', row.wrapped)
        : tx
            .updateTable('dataKey')
            .set(anew)
            .where('workspaceId', '=', row.workspaceId)
            .where('wrapped', '=', row.wrapped);
    const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
    await addDone(tx, jobId, Number(numUpdatedRows));
  });
}
