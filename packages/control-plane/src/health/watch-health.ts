import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { shareOf, type Share } from '../replica/replica.queries.ts';
import { isNews, lookAt, type Looked } from './look-at.ts';
import { type HealthRow, selectHealthFacts } from './select-facts.ts';
import { tellIncidents } from './tell-incidents.ts';

const pageMax = 1_000;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Finds out how each bot is, in a few statements for all, and opens and closes incidents. Replicas share the bots; while
 * one comes or goes, two may look at the same bot, and what was opened or closed once is left alone by the other.
 */
export async function watchHealth(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  const share = await systemQuery(plane, (tx) => shareOf(tx, plane.settings.replica));
  let after = share && firstId;
  while (share && after && !signal.aborted) {
    const ids = await readIds(plane, share, after);
    const looked = (await readFacts(plane, ids)).map(lookAt);
    await write(plane, looked.filter(isNews));
    await tellIncidents(plane, looked);
    after = ids.length === pageMax ? ids.at(-1) : undefined;
  }
}

async function readIds(plane: ControlPlane, { workers, nth }: Share, after: string): Promise<string[]> {
  const rows = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('bot')
      .select('id')
      .where('id', '>', after)
      .where('removedAt', 'is', null)
      .where('phase', '<>', 'destroyed')
      .where(sql<boolean>`(hashtext(id::text) & 2147483647) % ${workers}::int = ${nth}::int`)
      .orderBy('id')
      .limit(pageMax)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

/** By their ids: in one statement with the search for them, the planner would look at all that is known of all bots. */
function readFacts(plane: ControlPlane, ids: string[]): Promise<HealthRow[]> {
  return systemQuery(plane, (tx) =>
    selectHealthFacts(tx, 'trouble')
      .where(sql<boolean>`bot.id = any(${ids}::uuid[])`)
      .execute(),
  );
}

/** Writes many in one statement; a bot that is gone meanwhile is left out. */
async function write(plane: ControlPlane, news: readonly Looked[]): Promise<void> {
  if (news.length === 0) return;
  const told = JSON.stringify(news.map(asRow));
  await keep(plane, (tx) =>
    sql`
      insert into bot_health (bot_id, workspace_id, verdict, rank, why, fix, signal, cause, failing, since, checked_at,
        trouble_since, well_since, restart_count, restarts)
      select told.bot_id, bot.workspace_id, verdict, rank, why, fix, signal, cause, failing, checked_at, checked_at,
        trouble_since, well_since, told.restart_count, restarts
      from jsonb_to_recordset(${told}::jsonb) as told (bot_id uuid, verdict text, rank integer, why text, fix text, signal text,
        cause text, failing jsonb, checked_at timestamptz, trouble_since timestamptz, well_since timestamptz,
        restart_count integer, restarts jsonb)
      join bot on bot.id = told.bot_id order by bot.id
      on conflict (bot_id) do update set verdict = excluded.verdict, rank = excluded.rank, why = excluded.why, fix = excluded.fix,
        signal = excluded.signal, cause = excluded.cause, failing = excluded.failing, checked_at = excluded.checked_at,
        trouble_since = excluded.trouble_since, well_since = excluded.well_since,
        restart_count = excluded.restart_count, restarts = excluded.restarts,
        since = case when bot_health.verdict = excluded.verdict and bot_health.cause is not distinct from excluded.cause
          then bot_health.since else excluded.since end`.execute(tx),
  );
}

function asRow({ row, verdict, rank, restarts, episode }: Looked) {
  return {
    bot_id: row.id,
    verdict: verdict.verdict,
    rank,
    why: verdict.why,
    fix: verdict.fix,
    signal: verdict.cause?.signal,
    cause: verdict.cause?.text,
    failing: verdict.failing,
    checked_at: row.now,
    trouble_since: episode.troubleSince,
    well_since: episode.wellSince,
    restart_count: restarts.count,
    restarts: restarts.at,
  };
}
