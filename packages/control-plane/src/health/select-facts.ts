import { answerMinutesMax } from '@clawster/domain/health/work';
import type { BotHealthTable } from '@clawster/database/schema';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import { isAlive } from '../replica/replica.queries.ts';
import type { Tx } from '../transaction.ts';

// Each is looked up for each bot by an index: a limit keeps the planner, which cannot know how many rows the tenant's wall
// lets through, from joining whole tables with one another.
const link = sql<Link>`(select link.connected_at, link.last_seen_at, link.report, replica.id as replica
  from link left join replica on replica.id = link.replica and ${isAlive} where link.bot_id = bot.id limit 1)`;
type Link = { connectedAt: Date | null; lastSeenAt: Date | null; report: unknown; replica: string | null };

const health = sql<Selectable<BotHealthTable>>`(select * from bot_health where bot_id = bot.id limit 1)`;
const incident = sql<{ id: string }>`(select id from incident where bot_id = bot.id and ended_at is null limit 1)`;

/** Of the last two hours by the roll-ups: by that is decided what is counted span by span. */
const hours = sql<Hours>`(select
    coalesce(sum(count) filter (where kind = 'turn'), 0)::float8 as turns,
    coalesce(sum(failed) filter (where kind = 'turn'), 0)::float8 as turns_failed,
    coalesce(sum(failed) filter (where kind = 'model-call'), 0)::float8 as calls_failed,
    coalesce(sum(count) filter (where kind = 'message-in'), 0)::float8 as messages
  from usage_hour where bot_id = bot.id and kind in ('turn', 'model-call', 'message-in')
    and hour >= date_trunc('hour', now()) - interval '1 hour' and hour <= now())`;
type Hours = { turns: number; turnsFailed: number; callsFailed: number; messages: number };

/** What is to be counted for a bot: all of it, or only where the roll-ups say that something is to be found. */
export type Depth = 'all' | 'trouble';

// Within the innermost query, so that nothing is read where it does not hold.
const ifNeeded = (depth: Depth, found: RawBuilder<unknown>) => (depth === 'all' ? sql`true` : found);
/** A host's clock may be ahead; without an end, the partitions of the days to come are read, too. */
const within = (column: string, hoursBack: number) =>
  sql`${sql.ref(column)} > now() - make_interval(hours => ${hoursBack}) and ${sql.ref(column)} < now() + interval '1 hour'`;

/** The last call that was answered within a day, and those that failed since; of one that somebody ended nothing is said. */
const calls = (depth: Depth) => {
  const needed = ifNeeded(depth, sql`hours.calls_failed > 0`);
  return sql<Calls>`(select answered.at as answered_at, failed.count as failed_since, failed.at as failed_at, failed.failure
    from (select max(at) as at from span where bot_id = bot.id and kind = 'model-call' and outcome = 'ok'
        and ${within('at', 24)} and ${needed}) as answered,
      lateral (select count(*)::int as count, max(at) as at, (array_agg(failure order by at desc))[1] as failure from span
        where bot_id = bot.id and kind = 'model-call' and outcome in ('failed', 'refused') and ${within('at', 2)}
          and (answered.at is null or at > answered.at) and ${needed}) as failed)`;
};
type Calls = { answeredAt: Date | null; failedSince: number; failedAt: Date | null; failure: string | null };

const turns = (depth: Depth) => {
  const needed = ifNeeded(depth, sql`hours.turns_failed > 0`);
  return sql<Turns>`(select last.count, last.failed, usual.count as usual_count, usual.failed as usual_failed
    from (select count(*)::int as count, count(*) filter (where outcome <> 'ok')::int as failed from span
        where bot_id = bot.id and kind = 'turn' and ${within('at', 1)} and ${needed}) as last,
      lateral (select coalesce(sum(count), 0)::float8 as count, coalesce(sum(failed), 0)::float8 as failed from usage_day
        where bot_id = bot.id and kind = 'turn' and day >= current_date - 14 and day < current_date and ${needed}) as usual)`;
};
type Turns = { count: number; failed: number; usualCount: number; usualFailed: number };

/** Answered is what belongs to a turn that ended well, or has one after it in its conversation. */
const unanswered = (depth: Depth) => sql<{ count: number; oldestAt: Date | null }>`(
  select count(*)::int as count, min(message.at) as oldest_at from span message
  where message.bot_id = bot.id and message.kind = 'message-in' and ${within('message.at', 1)}
    and message.at < now() - make_interval(mins => ${answerMinutesMax})
    and ${ifNeeded(depth, sql`hours.messages > hours.turns - hours.turns_failed`)}
    and not exists (select from span turn where turn.bot_id = message.bot_id and turn.kind = 'turn' and turn.outcome = 'ok'
      and ${within('turn.at', 2)} and (turn.trace_id = message.trace_id
        or (turn.session = message.session and turn.at >= message.at - interval '1 second'))))`;

/** Bots with all that is known of their health. */
export function selectHealthFacts(tx: Tx, depth: Depth) {
  return tx
    .selectFrom('bot')
    .leftJoin('operation', 'operation.id', 'bot.operationId')
    .leftJoinLateral(link.as('link'), (join) => join.onTrue())
    .leftJoinLateral(health.as('health'), (join) => join.onTrue())
    .leftJoinLateral(incident.as('incident'), (join) => join.onTrue())
    .leftJoinLateral(hours.as('hours'), (join) => join.onTrue())
    .leftJoinLateral(calls(depth).as('calls'), (join) => join.onTrue())
    .leftJoinLateral(turns(depth).as('turns'), (join) => join.onTrue())
    .leftJoinLateral(unanswered(depth).as('unanswered'), (join) => join.onTrue())
    .select(['bot.id', 'bot.workspaceId', 'bot.name', 'bot.phase', 'bot.phaseSince', 'operation.kind as operationKind'])
    .select([
      sql<string>`bot.spec->>'desired'`.as('desired'),
      sql<number | null>`(bot.spec->>'diskBytesMax')::float8`.as('diskBytesMax'),
      sql<string>`bot.status->>'reason'`.as('reason'),
      sql<unknown>`bot.status->'evidence'->0`.as('process'),
      sql<Date>`now()`.as('now'),
    ])
    .select(['link.replica', 'link.connectedAt', 'link.lastSeenAt'])
    .select(
      // Only what health is told by: a report may be long.
      sql<unknown>`case when link.report is not null then jsonb_build_object('state', link.report->'state',
        'reason', link.report->'reason', 'evidence', link.report->'evidence', 'channels', link.report->'channels',
        'diskBytes', link.report->'diskBytes', 'restartCount', link.report->'restartCount',
        'refused', link.report->'refused'->'reason', 'drift', link.report->'drift'->'reverted', 'spool', link.report->'spool') end`.as(
        'report',
      ),
    )
    .select(['calls.answeredAt', 'calls.failedSince', 'calls.failedAt', 'calls.failure'])
    .select(['turns.count as turns', 'turns.failed as turnsFailed', 'turns.usualCount', 'turns.usualFailed'])
    .select(['unanswered.count as unanswered', 'unanswered.oldestAt'])
    .select(
      sql<number>`(select coalesce(sum(dropped), 0)::float8 from telemetry_gap
        where bot_id = bot.id and at > now() - interval '1 hour')`.as('dropped'),
    )
    .select(['health.verdict', 'health.rank', 'health.why', 'health.cause', 'health.failing', 'health.since'])
    .select(['health.checkedAt', 'health.troubleSince', 'health.wellSince', 'health.restartCount', 'health.restarts'])
    .select(['incident.id as incidentId']);
}

export type HealthRow = Awaited<ReturnType<ReturnType<typeof selectHealthFacts>['executeTakeFirstOrThrow']>>;
