import { type CostGroup, CostRow, PriceUse } from '@clawster/contract/cost';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '../transaction.ts';
import { all, type Asked, botFilters, groupingOf, placed, spent, within } from './spent.ts';

export type Grouped = { group: CostGroup; label?: string | undefined };

const Row = CostRow.omit({ share: true, name: true }).extend({ name: z.string().nullable() });
export type GroupRow = z.infer<typeof Row>;

/** What was spent since `from`, by group, with the same for the days of `asked` before it; the dearest first. */
export async function selectGroups(tx: Tx, asked: Asked, { group, label, from }: Grouped & { from: string }) {
  const { kind, key } = groupingOf(group, label);
  const now = sql`day >= ${from}::date`;
  const sum = (column: string) => sql`coalesce(sum(${sql.ref(column)}) filter (where ${now}), 0)::float8`;
  const { rows } = await sql`
    with grouped as (
      select ${kind} as kind, ${key} as key, ${sum('calls')} as calls, ${sum('failed')} as failed,
        ${sum('input_tokens')} as "inputTokens", ${sum('output_tokens')} as "outputTokens",
        ${sum('cache_read_tokens')} as "cacheReadTokens", ${sum('cache_write_tokens')} as "cacheWriteTokens",
        ${sum('unpriced')} as unpriced, ${sum('model_usd')} as "modelUsd", ${sum('infrastructure_usd')} as "infrastructureUsd",
        coalesce(sum(model_usd + infrastructure_usd) filter (where ${now}), 0)::float8 as "totalUsd",
        jsonb_build_object('totalUsd', coalesce(sum(model_usd + infrastructure_usd) filter (where not ${now}), 0),
          'calls', coalesce(sum(calls) filter (where not ${now}), 0)) as before
      from ${placed(asked)} group by 1, 2)
    select grouped.*, ${nameOf(group)} as name from grouped order by "totalUsd" desc, calls desc, key`.execute(tx);
  return Row.array().parse(rows);
}

/** Whose name a key leads to; a channel, model, day or label's value is its own. */
function nameOf(group: CostGroup) {
  if (group !== 'bot' && group !== 'connector' && group !== 'target' && group !== 'team') return sql`null`;
  // Bots, targets and teams are found by their index; what a host says of its connector need be no id at all, and they are few.
  const isNamed = group === 'connector' ? sql`id::text = grouped.key` : sql`id = grouped.key::uuid`;
  return sql`case when grouped.kind = 'group' then (select name from ${sql.table(group)} where ${isNamed}) end`;
}

const Point = z.object({ kind: Row.shape.kind, key: z.string(), day: z.iso.date(), usd: z.number() });
type Top = Pick<GroupRow, 'kind' | 'key'>;

/** What some of the groups cost day by day, and all others together as `rest`. */
export async function selectSeries(tx: Tx, asked: Asked, { group, label, top }: Grouped & { top: readonly Top[] }) {
  const { kind, key } = groupingOf(group, label);
  const { rows } = await sql`
    select coalesce(top.kind, 'rest') as kind, coalesce(top.key, '') as key, day::text as day, sum(usd)::float8 as usd
    from (select ${kind} as kind, ${key} as key, day, sum(model_usd + infrastructure_usd) as usd
      from ${placed(asked)} group by 1, 2, 3) as grouped
    left join unnest(${top.map((one) => one.kind)}::text[], ${top.map((one) => one.key)}::text[]) as top (kind, key)
      using (kind, key)
    group by 1, 2, 3 order by 3`.execute(tx);
  return Point.array().parse(rows);
}

/** What was spent on each of these days. */
export async function selectDays(tx: Tx, asked: Asked): Promise<Map<string, number>> {
  const { rows } = await sql<{ day: string; usd: number }>`
    select day::text as day, sum(model_usd + infrastructure_usd)::float8 as usd
    from (${spent(asked)}) as spent group by 1`.execute(tx);
  return new Map(rows.map(({ day, usd }) => [day, usd]));
}

/** At which prices the calls of these days were counted. A channel is not told by price. */
export async function selectPrices(tx: Tx, asked: Asked): Promise<PriceUse[]> {
  const { workspaceId, days, model, connectorId, targetId } = asked;
  const filters = [
    ...botFilters(asked),
    ...(model === undefined ? [] : [sql`price_day.name = ${model}`]),
    ...(connectorId === undefined ? [] : [sql`connector_id = ${connectorId}`]),
    ...(targetId === undefined ? [] : [sql`bot_id in (select id from bot where target_id = ${targetId}::uuid)`]),
  ];
  const { rows } = await sql<{ connectorName: string | null }>`
    select connector_id as "connectorId", connector.name as "connectorName", price_day.name as model,
      price_version as "priceVersion", sum(count)::float8 as calls, sum(cost_usd)::float8 as usd,
      min(day)::text as "firstDay", max(day)::text as "lastDay"
    from price_day left join connector on connector.id::text = connector_id
    where price_day.workspace_id = ${workspaceId}::uuid and ${within(days)} and ${all(filters)}
    group by 1, 2, 3, 4 order by calls desc, 1, 3, 4 limit 100`.execute(tx);
  return PriceUse.array().parse(
    rows.map(({ connectorName, ...row }) => ({ ...row, connectorName: connectorName ?? undefined })),
  );
}
