import { allocateDay } from '@clawster/domain/cost/allocation';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';

/** So long it is known which bots ran where, for a price or a bill that comes late. */
export const targetDaysKept = 400;
const daysAtOnce = 500;
/** In these a bot takes its part of a target: its process is there, or nobody can say that it is not. */
const runningPhases = ['starting', 'ready', 'degraded', 'pausing', 'paused', 'stopping', 'unknown'];
const currentHour = sql`date_trunc('hour', now(), 'UTC')`;

/**
 * Sees which bots run on each target, and books what the target cost to them, by whole hours. A day is booked anew, to the
 * same, whenever an hour of it was not yet booked, its price changed or an amount was imported.
 */
export async function bookTargets(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  await keep(plane, seeRunning);
  await keep(plane, fillGaps);
  for (const due of await systemQuery(plane, selectDue)) {
    if (signal.aborted) return;
    await keep(plane, (tx) => bookDay(tx, due));
  }
  await keep(plane, (tx) =>
    sql`delete from target_hour where hour < now() - make_interval(days => ${targetDaysKept})`.execute(tx),
  );
}

function seeRunning(tx: Tx) {
  return sql`
    insert into target_hour (target_id, workspace_id, hour, bot_ids)
    select target.id, target.workspace_id, ${currentHour}, coalesce(array_agg(bot.id order by bot.id) filter (where bot.id is not null), '{}')
    from target left join bot on bot.target_id = target.id and bot.phase = any(${runningPhases}::text[])
    group by 1, 2
    on conflict (target_id, hour) do update set bot_ids =
      (select array_agg(distinct id order by id) from unnest(target_hour.bot_ids || excluded.bot_ids) as id)
      where not target_hour.bot_ids @> excluded.bot_ids`.execute(tx);
}

/** Nobody looked while no server ran: who was there before and after it was there meanwhile. */
function fillGaps(tx: Tx) {
  return sql`
    insert into target_hour (target_id, workspace_id, hour, bot_ids)
    select seen.target_id, seen.workspace_id, missing, array(select unnest(seen.bot_ids) intersect select unnest(earlier.bot_ids))
    from target_hour as seen
    cross join lateral (select hour, bot_ids from target_hour as earlier
      where earlier.target_id = seen.target_id and earlier.hour < seen.hour order by hour desc limit 1) as earlier
    cross join generate_series(earlier.hour + interval '1 hour', seen.hour - interval '1 hour', interval '1 hour') as missing
    where seen.hour = ${currentHour}
    on conflict do nothing`.execute(tx);
}

type Due = { targetId: string; workspaceId: string; day: string };

async function selectDue(tx: Tx): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select target_id as "targetId", workspace_id as "workspaceId", day::text as day from (
      select target_id, workspace_id, (hour at time zone 'UTC')::date as day from target_hour
      where not booked and hour < ${currentHour}
      union select target_id, workspace_id, day from target_import where not booked) as due
    order by day desc limit ${daysAtOnce}`.execute(tx);
  return rows;
}

async function bookDay(tx: Tx, { targetId, workspaceId, day }: Due): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${targetId}, 31))`.execute(tx);
  const ofDay = sql`target_id = ${targetId}::uuid and hour >= ${day}::date::timestamp at time zone 'UTC'
    and hour < least((${day}::date + 1)::timestamp at time zone 'UTC', ${currentHour})`;
  const hours = await sql<{ botIds: string[]; usd: number | null }>`
    update target_hour set booked = true where ${ofDay}
    returning array(select id::text from unnest(bot_ids) as id) as "botIds", (select usd_per_hour::float8 from target_price as price
      where price.target_id = target_hour.target_id and from_hour <= hour order by from_hour desc limit 1) as usd`.execute(
    tx,
  );
  const imported = await sql<{ usd: number }>`
    update target_import set booked = true where target_id = ${targetId}::uuid and day = ${day}::date
    returning usd::float8 as usd`.execute(tx);
  const booked = allocateDay(
    hours.rows.map(({ botIds, usd }) => ({ botIds, usd: usd ?? undefined })),
    imported.rows[0]?.usd,
  );
  await sql`delete from infrastructure_day where target_id = ${targetId}::uuid and day = ${day}::date`.execute(tx);
  await sql`
    insert into infrastructure_day (target_id, workspace_id, day, bot_id, usd)
    select ${targetId}::uuid, ${workspaceId}::uuid, ${day}::date, booked.*
    from unnest(${booked.map(({ botId }) => botId)}::uuid[], ${booked.map(({ usd }) => usd)}::numeric[]) as booked`.execute(
    tx,
  );
}
