import { type RawBuilder, sql } from 'kysely';
import { captureUsual } from '@clawster/contract/capture';
import { rollUpCosts } from '../cost/roll-up-costs.ts';
import type { Tx } from '../transaction.ts';
import type { SpanRow } from './read-span.ts';

export type SpanOwner = { botId: string; workspaceId: string };

/**
 * Stores what is new of these spans, with what they come to for each hour and day, in the transaction it is given. Spans
 * that were stored before are left alone, in whatever order they come. Returns how many were new. One batch of a bot's at a
 * time: its transactions wait for one another, so that a call and its message find each other.
 */
export async function storeSpans(tx: Tx, owner: SpanOwner, { epoch, spans }: { epoch: number; spans: SpanRow[] }) {
  if (spans.length === 0) return 0;
  await sql`select pg_advisory_xact_lock(hashtextextended(${owner.botId}, 28))`.execute(tx);
  const { rows } = await insertFresh(owner, { epoch, spans }).execute(tx);
  const responseIds = spans.flatMap(({ responseId }) => responseId ?? []);
  if (responseIds.length > 0) await joinCalls(owner, responseIds).execute(tx);
  await keepTexts(tx, owner, spans);
  return rows[0]?.fresh ?? 0;
}

/** What is summed up, in the order of the roll-ups' columns; `weight` is 1, or -1 where something is taken away. */
const measures = sql`sum(weight), coalesce(sum(weight) filter (where outcome <> 'ok'), 0), coalesce(sum(weight) filter (where estimated), 0),
  coalesce(sum(weight) filter (where cost_usd is null and input_tokens + output_tokens + cache_read_tokens + cache_write_tokens > 0), 0),
  sum(weight * input_tokens), sum(weight * output_tokens), sum(weight * cache_read_tokens), sum(weight * cache_write_tokens),
  coalesce(sum(weight * cost_usd), 0), sum(weight * duration_ms)`;
const measured = [
  'count',
  'failed',
  'estimated',
  'unpriced',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cost_usd',
  'duration_ms',
];
/** Adds to what is there already. */
const added = (table: string) =>
  sql.join(measured.map((name) => sql`${sql.ref(name)} = ${sql.ref(`${table}.${name}`)} + excluded.${sql.ref(name)}`));
/** Those whose sums are kept. */
const counted = sql.raw(`('turn', 'model-call', 'model-message', 'tool-call', 'message-in', 'message-out')`);
const day = sql`(at at time zone 'UTC')::date`;

/** Adds spans of `from`, a table in the same statement with weights, to the roll-ups. */
function rollUp(from: RawBuilder<unknown>) {
  return sql`
    hours as (insert into usage_hour
      select bot_id, workspace_id, date_trunc('hour', at at time zone 'UTC') at time zone 'UTC', kind, channel, name, connector_id, ${measures}
      from ${from} where kind in ${counted} group by 1, 2, 3, 4, 5, 6, 7
      on conflict (bot_id, hour, kind, channel, name, connector_id) do update set ${added('usage_hour')}),
    days as (insert into usage_day
      select bot_id, workspace_id, ${day}, kind, channel, name, connector_id, ${measures}
      from ${from} where kind in ${counted} group by 1, 2, 3, 4, 5, 6, 7
      on conflict (bot_id, day, kind, channel, name, connector_id) do update set ${added('usage_day')}),
    latencies as (insert into latency_day
      select bot_id, workspace_id, ${day}, kind, channel, name, ${bucket}, sum(weight)
      from ${from} where kind in ('turn', 'model-call', 'tool-call', 'message-out') group by 1, 2, 3, 4, 5, 6, 7
      on conflict (bot_id, day, kind, channel, name, bucket) do update set count = latency_day.count + excluded.count),
    ${rollUpCosts(from)}`;
}

/** Of half a power of two: what is told of percentiles is right to within a fifth. */
const bucket = sql`floor(2 * log(2, greatest(duration_ms, 1)::numeric))::integer`;

function insertFresh({ botId, workspaceId }: SpanOwner, { epoch, spans }: { epoch: number; spans: SpanRow[] }) {
  const list = <K extends keyof SpanRow>(key: K, type: string) =>
    sql`${spans.map((span) => span[key])}::${sql.raw(type)}[]`;
  return sql<{ fresh: number }>`
    with fresh as (
      insert into span (bot_id, workspace_id, epoch, id, at, kind, sequence, trace_id, parent_id, session, channel, person, name,
        outcome, failure, duration_ms, response_id, connector_id, input_tokens, output_tokens, cache_read_tokens,
        cache_write_tokens, cost_usd, estimated, data)
      select ${botId}::uuid, ${workspaceId}::uuid, ${epoch}::bigint, item.*
      from unnest(${list('id', 'text')}, ${list('at', 'timestamptz')}, ${list('kind', 'text')}, ${list('sequence', 'bigint')},
        ${list('traceId', 'text')}, ${list('parentId', 'text')}, ${list('session', 'text')}, ${list('channel', 'text')},
        ${spans.map(({ person }) => person?.id ?? null)}::text[], ${list('name', 'text')}, ${list('outcome', 'text')},
        ${list('failure', 'text')}, ${list('durationMs', 'bigint')}, ${list('responseId', 'text')}, ${list('connectorId', 'text')},
        ${list('inputTokens', 'bigint')}, ${list('outputTokens', 'bigint')}, ${list('cacheReadTokens', 'bigint')},
        ${list('cacheWriteTokens', 'bigint')}, ${list('costUsd', 'numeric')}, ${list('estimated', 'boolean')},
        ${spans.map(({ data }) => JSON.stringify(data))}::jsonb[]) as item
      on conflict (bot_id, id, at) do nothing
      returning *),
    named as (select id, name from unnest(${spans.map(({ id }) => id)}::text[],
      ${spans.map(({ person }) => person?.name ?? null)}::text[]) as item (id, name) where name is not null),
    conversations as (insert into conversation (bot_id, workspace_id, session, channel, person, person_name, first_at, last_at, turns, failed)
      select bot_id, workspace_id, session, max(channel), max(person), max(named.name), min(at), max(at),
        count(*) filter (where kind = 'turn'), count(*) filter (where kind = 'turn' and outcome <> 'ok')
      from fresh left join named using (id) where session is not null group by 1, 2, 3
      on conflict (bot_id, session) do update set turns = conversation.turns + excluded.turns,
        failed = conversation.failed + excluded.failed, first_at = least(conversation.first_at, excluded.first_at),
        last_at = greatest(conversation.last_at, excluded.last_at), channel = coalesce(nullif(excluded.channel, ''), conversation.channel),
        person = coalesce(excluded.person, conversation.person), person_name = coalesce(excluded.person_name, conversation.person_name)),
    ${rollUp(sql`(select *, 1 as weight from fresh) as weighed`)}
    select count(*)::int as fresh from fresh`;
}

/**
 * Gives the model gateway's calls the conversation that OpenClaw used their answers in, whichever of the two was told
 * first, and moves what they come to from no channel to theirs.
 */
function joinCalls({ botId }: SpanOwner, responseIds: string[]) {
  return sql`
    with pair as (
      select call.id, call.at, message.session, message.trace_id, message.channel, message.person
      from span call cross join lateral (select session, trace_id, channel, person from span
        where bot_id = call.bot_id and response_id = call.response_id and kind = 'model-message'
        -- A provider that names its answers alike: the message that came nearest is the call's.
        order by abs(extract(epoch from at - call.at)) limit 1) as message
      where call.bot_id = ${botId}::uuid and call.kind = 'model-call' and call.session is null
        and call.response_id = any(${responseIds}::text[])),
    before as (select span.* from span join pair using (id, at) where span.bot_id = ${botId}::uuid),
    moved as (update span set session = pair.session, trace_id = pair.trace_id, parent_id = pair.trace_id,
        channel = pair.channel, person = pair.person
      from pair where span.bot_id = ${botId}::uuid and span.id = pair.id and span.at = pair.at returning span.*),
    ${rollUp(sql`(select *, 1 as weight from moved union all select *, -1 as weight from before) as weighed`)}
    select`;
}

/** What was said, for as long as the workspace keeps it. */
async function keepTexts(tx: Tx, { botId, workspaceId }: SpanOwner, spans: SpanRow[]): Promise<void> {
  const said = spans.filter(({ text }) => text !== null);
  if (said.length === 0) return;
  await sql`
    insert into span_text (bot_id, workspace_id, span_id, at, keep_days, text)
    select ${botId}::uuid, ${workspaceId}::uuid, item.*
    from (select id, at, coalesce((select keep_days from capture_policy where workspace_id = ${workspaceId}::uuid), ${captureUsual.keepDays}), text
      from unnest(${said.map(({ id }) => id)}::text[], ${said.map(({ at }) => at)}::timestamptz[],
        ${said.map(({ text }) => JSON.stringify(text))}::jsonb[]) as item (id, at, text)) as item
    on conflict do nothing`.execute(tx);
}
