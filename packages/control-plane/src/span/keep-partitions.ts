import { sql } from 'kysely';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

type Plane = Pick<ControlPlane, 'db' | 'log'> & { settings: Pick<ControlPlane['settings'], 'keepDays'> };

/** Rows are deleted so many at a time, so that nobody waits for long. */
const sliceRows = 5_000;

/**
 * Makes the partitions of the days to come and drops those of days that are not kept any more, and with them what lies beside
 * and is as old. `asOf`: as if it were then; absent: now.
 */
export async function keepPartitions(plane: Plane, signal: AbortSignal, asOf?: Date): Promise<void> {
  const today = (asOf ?? (await systemQuery(plane, databaseNow))).toISOString().slice(0, 10);
  const { spans, usageHours } = plane.settings.keepDays;
  const dropped = await keep(plane, async (tx) => {
    if (!(await isAlone(tx))) return undefined;
    await sql`select add_partitions(${today}::date - 1, ${today}::date + 7)`.execute(tx);
    const { rows } = await sql<{ count: number }>`
      select drop_partitions(${today}::date, ${spans}::integer, ${usageHours}::integer) as count`.execute(tx);
    return rows[0]?.count;
  });
  // Another replica is at it.
  if (dropped === undefined) return;
  if (dropped > 0) plane.log('info', 'What bots did is dropped where it is not kept any more', { partitions: dropped });
  for (const { table, column, days } of beside(plane.settings.keepDays))
    while (
      !signal.aborted &&
      (await deleteSlice(plane, { table, column, before: `${today}T00:00:00Z`, days })) === sliceRows
    );
}

/** One replica at a time; whoever comes meanwhile leaves it to the other. */
async function isAlone(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    alone: boolean;
  }>`select pg_try_advisory_xact_lock(hashtextextended('keep-partitions', 30)) as alone`.execute(tx);
  return rows[0]?.alone === true;
}

type Old = { table: string; column: string; days: number };

/** What lies in no day's partition, and conversations of which no span is kept any more. */
function beside({ spans, usageHours }: Plane['settings']['keepDays']): Old[] {
  return [
    { table: 'span_other', column: 'at', days: spans },
    { table: 'usage_hour_other', column: 'hour', days: usageHours },
    ...[1, 7, 30, 90, 365].map((days) => ({ table: `span_text_${days}_other`, column: 'at', days })),
    { table: 'conversation', column: 'last_at', days: spans },
  ];
}

async function deleteSlice(plane: Plane, { table, column, before, days }: Old & { before: string }): Promise<number> {
  const { numAffectedRows = 0n } = await keep(plane, (tx) =>
    sql`delete from ${sql.table(table)} where ctid = any(array(select ctid from ${sql.table(table)}
      where ${sql.ref(column)} < ${before}::timestamptz - make_interval(days => ${days}::integer) limit ${sliceRows}))`.execute(
      tx,
    ),
  );
  return Number(numAffectedRows);
}
