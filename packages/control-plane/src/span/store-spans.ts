import { type RawBuilder, sql } from 'kysely';
import { captureUsual } from '@clawster/contract/capture';
import { rollUpConversations, rollUpPrices } from '../cost/roll-up-costs.ts';
import type { Tx } from '../transaction.ts';
import type { SpanRow } from './read-span.ts';

/** How many spans of each bot were new. */
export type Fresh = ReadonlyMap<string, number>;

/**
 * Stores what is new of these spans, of one bot or many, with what they come to for each hour and day, in the transaction it
 * is given. Spans that were stored before are left alone, in whatever order they come. One transaction of a bot's at a
 * time: they wait for one another, so that a call and its message find each other.
 */
export async function storeSpans(tx: Tx, spans: SpanRow[]): Promise<Fresh> {
  if (spans.length === 0) return new Map();
  // In the same order everywhere: whoever waits for a bot holds none that the other waits for.
  const botIds = [...new Set(spans.map(({ botId }) => botId))].toSorted();
  await sql`select pg_advisory_xact_lock(hashtextextended(id, 28)) from unnest(${botIds}::text[]) as bot (id)`.execute(
    tx,
  );
  const { rows } = await insertFresh(spans).execute(tx);
  await joinCalls(tx, spans);
  await keepTexts(tx, spans);
  return new Map(rows.map(({ botId, fresh }) => [botId, fresh]));
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

const place = sql.raw('kind, channel, name, connector_id');
const hour = sql`date_trunc('hour', at at time zone 'UTC') at time zone 'UTC'`;
const all = sql.join(measured.map((name) => sql.ref(name)));

/** Adds spans of `from`, a table in the same statement with weights, to the roll-ups. */
function rollUp(from: RawBuilder<unknown>) {
  return sql`
    summed (bot_id, workspace_id, hour, ${place}, ${all}) as (
      select bot_id, workspace_id, ${hour}, ${place}, ${measures}
      from ${from} where kind in ${counted} group by 1, 2, 3, 4, 5, 6, 7),
    hours as (insert into usage_hour (bot_id, workspace_id, hour, ${place}, ${all}) select * from summed
      on conflict (bot_id, hour, ${place}) do update set ${added('usage_hour')}),
    days as (insert into usage_day (bot_id, workspace_id, day, ${place}, ${all})
      select bot_id, workspace_id, (hour at time zone 'UTC')::date, ${place}, ${sql.join(measured.map((name) => sql`sum(${sql.ref(name)})`))}
      from summed group by 1, 2, 3, 4, 5, 6, 7
      on conflict (bot_id, day, ${place}) do update set ${added('usage_day')}),
    latencies as (insert into latency_day (bot_id, workspace_id, day, kind, channel, name, bucket, count)
      select bot_id, workspace_id, (at at time zone 'UTC')::date, kind, channel, name, ${bucket}, sum(weight)
      from ${from} where kind in ('turn', 'model-call', 'tool-call', 'message-out') group by 1, 2, 3, 4, 5, 6, 7
      on conflict (bot_id, day, kind, channel, name, bucket) do update set count = latency_day.count + excluded.count)`;
}

/** Of half a power of two: what is told of percentiles is right to within a fifth. */
const bucket = sql`floor(2 * log(greatest(duration_ms, 1)::float8) / log(2::float8))::integer`;

/** What is summed up of a span; its data stays where it is. */
const summable =
  sql.raw(`bot_id, workspace_id, at, kind, channel, name, connector_id, session, person, outcome, estimated,
  duration_ms, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd`);

function insertFresh(spans: SpanRow[]) {
  const list = <K extends keyof SpanRow>(key: K, type: string) =>
    sql`${spans.map((span) => span[key])}::${sql.raw(type)}[]`;
  return sql<{ botId: string; fresh: number }>`
    with fresh as (
      insert into span (bot_id, workspace_id, epoch, id, at, kind, sequence, trace_id, parent_id, session, channel, person, name,
        outcome, failure, duration_ms, response_id, connector_id, input_tokens, output_tokens, cache_read_tokens,
        cache_write_tokens, cost_usd, estimated, data)
      select item.*
      from unnest(${list('botId', 'uuid')}, ${list('workspaceId', 'uuid')}, ${list('epoch', 'bigint')},
        ${list('id', 'text')}, ${list('at', 'timestamptz')}, ${list('kind', 'text')}, ${list('sequence', 'bigint')},
        ${list('traceId', 'text')}, ${list('parentId', 'text')}, ${list('session', 'text')}, ${list('channel', 'text')},
        ${spans.map(({ person }) => person?.id ?? null)}::text[], ${list('name', 'text')}, ${list('outcome', 'text')},
        ${list('failure', 'text')}, ${list('durationMs', 'bigint')}, ${list('responseId', 'text')}, ${list('connectorId', 'text')},
        ${list('inputTokens', 'bigint')}, ${list('outputTokens', 'bigint')}, ${list('cacheReadTokens', 'bigint')},
        ${list('cacheWriteTokens', 'bigint')}, ${list('costUsd', 'numeric')}, ${list('estimated', 'boolean')},
        ${spans.map(({ data }) => JSON.stringify(data))}::jsonb[]) as item
      on conflict (bot_id, id, at) do nothing
      returning id, coalesce(data->>'priceVersion', '') as price_version, ${summable}),
    named as (select bot_id, id, max(name) as name from unnest(${list('botId', 'uuid')}, ${list('id', 'text')},
      ${spans.map(({ person }) => person?.name ?? null)}::text[]) as item (bot_id, id, name) where name is not null group by 1, 2),
    conversations as (insert into conversation (bot_id, workspace_id, session, channel, person, person_name, first_at, last_at, turns, failed)
      select bot_id, workspace_id, session, max(channel), max(person), max(named.name), min(at), max(at),
        count(*) filter (where kind = 'turn'), count(*) filter (where kind = 'turn' and outcome <> 'ok')
      from fresh left join named using (bot_id, id) where session is not null group by 1, 2, 3
      on conflict (bot_id, session) do update set turns = conversation.turns + excluded.turns,
        failed = conversation.failed + excluded.failed, first_at = least(conversation.first_at, excluded.first_at),
        last_at = greatest(conversation.last_at, excluded.last_at), channel = coalesce(nullif(excluded.channel, ''), conversation.channel),
        person = coalesce(excluded.person, conversation.person), person_name = coalesce(excluded.person_name, conversation.person_name)),
    ${rollUpPrices(sql`fresh`)},
    ${rollUp(sql`(select *, 1 as weight from fresh) as weighed`)}
    select bot_id as "botId", count(*)::int as fresh from fresh group by 1`;
}

/**
 * Gives the model gateway's calls the conversation that OpenClaw used their answers in, whichever of the two was told
 * first, and moves what they come to from no channel to theirs.
 */
async function joinCalls(tx: Tx, spans: SpanRow[]): Promise<void> {
  const answered = spans.filter(({ responseId }) => responseId !== null);
  if (answered.length === 0) return;
  const { rows: pairs } = await selectPairs(answered).execute(tx);
  if (pairs.length > 0) await movePairs(pairs).execute(tx);
}

type Pair = {
  botId: string;
  id: string;
  at: string;
  session: string;
  traceId: string;
  channel: string;
  person: string;
};

/** A host's clock may be wrong by hours. */
const nearMs = 24 * 3_600_000;

/** The times are given as they are, not reckoned by PostgreSQL: so it plans for the partitions of those days alone. */
function isNear(at: RawBuilder<unknown>, spans: { at: string }[]) {
  const times = spans.map((span) => Date.parse(span.at));
  const [from, to] = [Math.min(...times) - nearMs, Math.max(...times) + nearMs];
  return sql<boolean>`${at} between ${new Date(from)} and ${new Date(to)}`;
}

function selectPairs(answered: SpanRow[]) {
  return sql<Pair>`
    with told as (select distinct * from unnest(${answered.map(({ botId }) => botId)}::uuid[],
        ${answered.map(({ responseId }) => responseId)}::text[]) as told (bot_id, response_id)),
    message as materialized (select span.bot_id, response_id, at, session, trace_id, channel, person
      from told join span using (bot_id, response_id) where kind = 'model-message' and ${isNear(sql`at`, answered)})
    -- A provider that names its answers alike: the message that came nearest is the call's.
    select distinct on (call.bot_id, call.id, call.at) call.bot_id as "botId", call.id, call.at::text as at,
      message.session, message.trace_id as "traceId", message.channel, message.person
    from message join span call using (bot_id, response_id)
    where call.kind = 'model-call' and call.session is null and ${isNear(sql`call.at`, answered)}
    order by call.bot_id, call.id, call.at, abs(extract(epoch from message.at - call.at))`;
}

function movePairs(pairs: Pair[]) {
  const list = (key: keyof Pair, type: string) => sql`${pairs.map((pair) => pair[key])}::${sql.raw(type)}[]`;
  return sql`
    with pair as materialized (select * from unnest(${list('botId', 'uuid')}, ${list('id', 'text')}, ${list('at', 'timestamptz')},
      ${list('session', 'text')}, ${list('traceId', 'text')}, ${list('channel', 'text')}, ${list('person', 'text')})
      as pair (bot_id, id, at, session, trace_id, channel, person)),
    before as (select ${summable} from span where (bot_id, id, at) in (select bot_id, id, at from pair) and ${isNear(sql`at`, pairs)}),
    moved as (update span set session = pair.session, trace_id = pair.trace_id, parent_id = pair.trace_id,
        channel = pair.channel, person = pair.person,
        -- Stored anew for whoever follows the spans: before, it was of no trace.
        stored_xid = default, stored_number = default
      from pair where span.bot_id = pair.bot_id and span.id = pair.id and span.at = pair.at
        and ${isNear(sql`span.at`, pairs)} returning span.*),
    ${rollUpConversations(sql`moved`)},
    ${rollUp(sql`(select ${summable}, 1 as weight from moved union all select ${summable}, -1 as weight from before) as weighed`)}
    select`;
}

/** What was said, for as long as its workspace keeps it. */
async function keepTexts(tx: Tx, spans: SpanRow[]): Promise<void> {
  const said = spans.filter(({ text }) => text !== null);
  if (said.length === 0) return;
  const list = (key: 'botId' | 'workspaceId' | 'id' | 'at', type: string) =>
    sql`${said.map((span) => span[key])}::${sql.raw(type)}[]`;
  await sql`
    insert into span_text (bot_id, workspace_id, span_id, at, keep_days, text)
    select item.bot_id, workspace_id, id, at, coalesce(policy.keep_days, ${captureUsual.keepDays}::integer), text
    from unnest(${list('botId', 'uuid')}, ${list('workspaceId', 'uuid')}, ${list('id', 'text')}, ${list('at', 'timestamptz')},
      ${said.map(({ text }) => JSON.stringify(text))}::jsonb[]) as item (bot_id, workspace_id, id, at, text)
    left join capture_policy policy using (workspace_id)
    on conflict do nothing`.execute(tx);
}
