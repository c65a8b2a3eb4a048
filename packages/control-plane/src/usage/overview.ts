import { type RawBuilder, sql } from 'kysely';
import { percentileOf } from '@clawster/domain/usage/percentile';
import type { Tx } from '../transaction.ts';
import { type Counted, isCounted, usageOf } from './counted.ts';

/** Beyond those most in use nobody reads on; who looks for one names its bot. */
const rowsMax = 50;

/** What is summed up for each bot and channel, or bot and name: `count` is what it is ordered by. */
export type Sums = { count: RawBuilder<unknown>; failed: RawBuilder<unknown>; more?: RawBuilder<unknown> };
export type Row = { botId: string; key: string; count: number; failed: number };

type Overview<More> = {
  rows: (Row & More)[];
  more: number;
  series: { at: string; count: number; failed: number }[];
};

/** The rows most in use, how many there are beyond, and all of them over time, in one look at the roll-ups. */
export async function overview<More = unknown>(
  tx: Tx,
  counted: Counted,
  { by, sums }: { by: 'channel' | 'name'; sums: Sums },
): Promise<Overview<More>> {
  const more = sums.more ? sql`, ${sums.more}` : sql``;
  const { rows } = await sql<Row & More & { at: Date | null; all: number }>`
    select * from (select grouped.*, count(*) over (partition by "botId" is null)::int as "all",
        row_number() over (partition by "botId" is null order by count desc, "botId", key) as rank
      from (select bot_id as "botId", ${sql.ref(by)} as key, at, ${sums.count}::float8 as count, ${sums.failed}::float8 as failed ${more}
        from (${usageOf(counted)}) as usage
        group by grouping sets ((bot_id, ${sql.ref(by)}), (at))) as grouped) as ranked
    where "botId" is null or rank <= ${rowsMax} order by "botId" is null, rank`.execute(tx);
  const ranked = rows.filter(({ botId }) => botId !== null);
  const series = rows.flatMap(({ at, count, failed }) => (at ? [{ at: at.toISOString(), count, failed }] : []));
  return {
    rows: ranked,
    more: (ranked[0]?.all ?? 0) - ranked.length,
    series: series.toSorted((one, other) => one.at.localeCompare(other.at)),
  };
}

export type Percentiles = { p50Ms?: number; p95Ms?: number };

/** How long these took, by bot and channel or name: half of them at most, and 95 of 100 at most; of the whole days in which the range lies. */
export async function latencies(
  tx: Tx,
  counted: Counted,
  { by, rows: of }: { by: 'channel' | 'name'; rows: readonly Row[] },
): Promise<(row: Row) => Percentiles> {
  const { from, to } = counted.range;
  const { rows } = await sql<Row & { bucket: number }>`
    select shown.bot_id as "botId", shown.key, took.bucket, took.count
    from unnest(${of.map(({ botId }) => botId)}::uuid[], ${of.map(({ key }) => key)}::text[]) as shown (bot_id, key)
    -- One at a time, by an index: together they would be sorted.
    cross join lateral (select latency.bucket, sum(latency.count)::float8 as count from latency_day latency
      where latency.bot_id = shown.bot_id and ${sql.ref(`latency.${by}`)} = shown.key and ${isCounted('latency', counted)}
        and latency.day >= (${from}::timestamptz at time zone 'UTC')::date
        and latency.day <= ((${to}::timestamptz - interval '1 microsecond') at time zone 'UTC')::date
      group by latency.bucket) as took`.execute(tx);
  const buckets = Map.groupBy(rows, ({ botId, key }) => `${botId} ${key}`);
  return ({ botId, key }) => percentilesOf(buckets.get(`${botId} ${key}`) ?? []);
}

function percentilesOf(buckets: { bucket: number; count: number }[]): Percentiles {
  const [p50Ms, p95Ms] = [percentileOf(buckets, 0.5), percentileOf(buckets, 0.95)];
  return { ...(p50Ms === undefined ? {} : { p50Ms }), ...(p95Ms === undefined ? {} : { p95Ms }) };
}
