-- What bots did, as spans of traces, each stored once; and what it comes to, an hour and a day at a time. The roll-ups are
-- kept in the transaction that stores the spans, so that they never say anything else.
create table span (
  bot_id uuid not null,
  workspace_id uuid not null,
  -- The source's own name of it, so that whoever tells it twice is stored once.
  id text not null,
  at timestamptz not null,
  -- turn, model-call, model-message (OpenClaw's count of a call), tool-call, message-in, message-out; others are kept as they came.
  kind text not null,
  epoch bigint not null,
  sequence bigint not null,
  trace_id text,
  parent_id text,
  session text,
  channel text not null default '',
  person text,
  -- The model or the tool.
  name text not null default '',
  outcome text not null default 'ok',
  failure text,
  duration_ms bigint not null default 0,
  response_id text,
  connector_id text not null default '',
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cache_read_tokens bigint not null default 0,
  cache_write_tokens bigint not null default 0,
  -- Null where nobody said a price.
  cost_usd numeric,
  -- The tokens were not said by the provider.
  estimated boolean not null default false,
  data jsonb not null default '{}',
  primary key (bot_id, id, at)
) partition by range (at);

create index span_turn on span (workspace_id, at desc) where kind = 'turn';
create index span_turn_bot on span (bot_id, at desc) where kind = 'turn';
create index span_turn_failed on span (workspace_id, at desc) where kind = 'turn' and outcome <> 'ok';
create index span_tool on span (workspace_id, name, at desc) where kind = 'tool-call';
create index span_call on span (bot_id, at desc, epoch desc, sequence desc) where kind = 'model-call';
create index span_trace on span (trace_id, at);
create index span_session on span (bot_id, session, at desc) where session is not null;
-- Apart: a call looks for its message and a message for its call, and mostly in vain.
create index span_call_response on span (bot_id, response_id) where kind = 'model-call';
create index span_message_response on span (bot_id, response_id) where kind = 'model-message';

-- What was said, where it is captured, apart from the spans: it is kept for other times.
create table span_text (
  bot_id uuid not null,
  workspace_id uuid not null,
  span_id text not null,
  at timestamptz not null,
  keep_days integer not null check (keep_days in (1, 7, 30, 90, 365)),
  text jsonb not null,
  words tsvector generated always as (jsonb_to_tsvector('simple', text, '["string"]')) stored,
  primary key (bot_id, span_id, at, keep_days)
) partition by list (keep_days);
create index span_text_words on span_text using gin (words);

-- In UTC. `name` is the model or the tool; `channel` is empty where nobody said it.
create table usage_hour (
  bot_id uuid not null,
  workspace_id uuid not null,
  hour timestamptz not null,
  kind text not null,
  channel text not null,
  name text not null,
  connector_id text not null,
  count bigint not null,
  failed bigint not null,
  estimated bigint not null,
  -- Those that took tokens at no known price: they are missing in cost_usd.
  unpriced bigint not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  cache_read_tokens bigint not null,
  cache_write_tokens bigint not null,
  cost_usd numeric not null,
  duration_ms bigint not null,
  primary key (bot_id, hour, kind, channel, name, connector_id)
) partition by range (hour);
create index usage_hour_kind on usage_hour (workspace_id, kind, hour);

create table usage_day (
  bot_id uuid not null,
  workspace_id uuid not null,
  day date not null,
  kind text not null,
  channel text not null,
  name text not null,
  connector_id text not null,
  count bigint not null,
  failed bigint not null,
  estimated bigint not null,
  unpriced bigint not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  cache_read_tokens bigint not null,
  cache_write_tokens bigint not null,
  cost_usd numeric not null,
  duration_ms bigint not null,
  primary key (bot_id, day, kind, channel, name, connector_id)
);
create index usage_day_workspace on usage_day (workspace_id, kind, day);
-- What calls cost is read from an index alone: between turns, tools and messages the rows of calls lie on almost every page.
create index usage_day_cost on usage_day (workspace_id, day)
  include (bot_id, channel, name, connector_id, count, failed, unpriced, input_tokens, output_tokens, cache_read_tokens,
    cache_write_tokens, cost_usd) where kind = 'model-call';

-- How long things took: bucket n holds what took from 2^(n/2) to 2^((n+1)/2) ms.
create table latency_day (
  bot_id uuid not null,
  workspace_id uuid not null,
  day date not null,
  kind text not null,
  channel text not null,
  name text not null,
  bucket integer not null,
  count bigint not null,
  primary key (bot_id, day, kind, channel, name, bucket)
);
create index latency_day_workspace on latency_day (workspace_id, kind, day);

-- A conversation, and when something was last seen of it.
create table conversation (
  bot_id uuid not null,
  workspace_id uuid not null,
  session text not null,
  channel text not null,
  person text,
  person_name text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  turns bigint not null,
  failed bigint not null,
  primary key (bot_id, session)
);
create index conversation_workspace on conversation (workspace_id, last_at desc);
create index conversation_bot on conversation (bot_id, last_at desc);

-- How much of conversations a workspace keeps; what it never set is metadata, kept for 30 days, with people under pseudonyms.
create table capture_policy (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  mode text not null check (mode in ('off', 'metadata', 'redacted', 'full')),
  keep_days integer not null check (keep_days in (1, 7, 30, 90, 365)),
  people text not null check (people in ('pseudonyms', 'names'))
);

-- As everywhere else, but asked once for a statement and not once for a row: of these there are very many.
-- Nobody asks a partition by its name; whoever does is held to the same wall.
create function visible_workspace() returns uuid language sql stable as $$
  select nullif(current_setting('clawster.workspace_id', true), '')::uuid
$$;
create function sees_all_workspaces() returns boolean language sql stable as $$
  select coalesce(current_setting('clawster.system', true), '') = 'on'
$$;
create function wall_off(name text) returns void language plpgsql as $$
declare wall text := '((select sees_all_workspaces()) or workspace_id = (select visible_workspace()))';
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy tenant on %I using (%s) with check (%s)', name, wall, wall);
end $$;

-- A partition of `parent`. What came before it was there, such as from a host whose clock is ahead, moves into it from beside.
create function add_partition(parent text, name text, first timestamptz, until timestamptz) returns void language plpgsql as $$
declare
  key text := case parent when 'usage_hour' then 'hour' else 'at' end;
  beside text := parent || '_other';
  early boolean;
  names text;
begin
  if to_regclass(name) is not null then
    return;
  end if;
  execute format('select exists (select from %I where %I >= %L and %I < %L)', beside, key, first, key, until) into early;
  if early then
    select string_agg(quote_ident(attname), ', ') into names from pg_attribute
    where attrelid = beside::regclass and attnum > 0 and not attisdropped and attgenerated = '';
    execute format('create temp table moving as select %s from %I where %I >= %L and %I < %L', names, beside, key, first, key, until);
    execute format('delete from %I where %I >= %L and %I < %L', beside, key, first, key, until);
  end if;
  execute format('create table %I partition of %I for values from (%L) to (%L)', name, parent, first, until);
  perform wall_off(name);
  if early then
    execute format('insert into %I (%s) select %s from moving', name, names, names);
    drop table moving;
  end if;
end $$;

-- Days are partitions, so that what is too old goes by dropping them. What comes for a day without one is kept beside.
create function add_partitions(first date, last date) returns void language plpgsql as $$
declare
  day date;
  keep integer;
begin
  for day in select generate_series(first, last, interval '1 day')::date loop
    perform add_partition('span', 'span_' || to_char(day, 'YYYYMMDD'),
      day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    foreach keep in array array[1, 7, 30, 90, 365]::integer[] loop
      perform add_partition('span_text_' || keep, format('span_text_%s_%s', keep, to_char(day, 'YYYYMMDD')),
        day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
    end loop;
  end loop;
  for day in select generate_series(date_trunc('month', first::timestamp), last, interval '1 month')::date loop
    perform add_partition('usage_hour', 'usage_hour_' || to_char(day, 'YYYYMM'),
      day::timestamp at time zone 'UTC', (day + interval '1 month')::timestamp at time zone 'UTC');
  end loop;
end $$;

-- Drops what is wholly older than it is kept, and returns how many partitions went.
create function drop_partitions(today date, span_days integer, hour_days integer) returns integer language plpgsql as $$
declare
  old record;
  dropped integer := 0;
begin
  for old in
    select child.relname as name,
      case when parent.relname = 'usage_hour'
        then (to_date(right(child.relname, 6), 'YYYYMM') + interval '1 month')::date + hour_days
        when parent.relname = 'span' then to_date(right(child.relname, 8), 'YYYYMMDD') + 1 + span_days
        else to_date(right(child.relname, 8), 'YYYYMMDD') + 1 + split_part(parent.relname, '_', 3)::integer
      end as until
    from pg_inherits join pg_class child on child.oid = inhrelid join pg_class parent on parent.oid = inhparent
    where child.relkind = 'r' and child.relname ~ '_[0-9]{6,8}$'
      and (parent.relname in ('span', 'usage_hour') or parent.relname ~ '^span_text_[0-9]+$')
  loop
    if old.until <= today then
      execute format('drop table %I', old.name);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end $$;

create table span_other partition of span default;
create table usage_hour_other partition of usage_hour default;
do $$
declare keep integer;
begin
  foreach keep in array array[1, 7, 30, 90, 365]::integer[] loop
    execute format('create table %I partition of span_text for values in (%s) partition by range (at)', 'span_text_' || keep, keep);
    execute format('create table %I partition of %I default', format('span_text_%s_other', keep), 'span_text_' || keep);
    perform wall_off('span_text_' || keep);
    perform wall_off(format('span_text_%s_other', keep));
  end loop;
end $$;
select add_partitions((now() at time zone 'UTC')::date - 1, (now() at time zone 'UTC')::date + 7);

do $$
declare name text;
begin
  foreach name in array array['span', 'span_text', 'span_other', 'usage_hour', 'usage_hour_other', 'usage_day', 'latency_day',
    'conversation', 'capture_policy'] loop
    perform wall_off(name);
  end loop;
  foreach name in array array['span', 'span_text', 'usage_hour', 'usage_day', 'latency_day', 'conversation'] loop
    execute format('create policy reach on %I as restrictive using ((select is_unlimited()) or bot_id in (select id from bot))', name);
  end loop;
end $$;

-- What was stored before goes over; a server of before that still runs cannot store meanwhile, and bots keep what is not acknowledged.
insert into span (bot_id, workspace_id, id, at, kind, epoch, sequence, session, trace_id, channel, name, outcome, failure,
  duration_ms, response_id, connector_id, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, cost_usd, estimated, data)
select bot_id, workspace_id, coalesce(data->>'id', data->>'messageId', epoch || '.' || sequence),
  case when kind = 'model-call' then coalesce((data->>'startedAt')::timestamptz, at) else at end, kind, epoch, sequence,
  data->>'sessionKey', data->>'runId', coalesce(data->>'channel', ''), coalesce(data->>'model', ''),
  case coalesce(data->>'outcome', 'answered') when 'answered' then 'ok' else data->>'outcome' end, data->>'failure',
  coalesce((data->>'durationMs')::numeric, 0)::bigint, data->>'responseId', coalesce(data->>'connectorId', ''),
  coalesce((coalesce(data->'usage', data->'estimated')->>'inputTokens')::bigint, 0),
  coalesce((coalesce(data->'usage', data->'estimated')->>'outputTokens')::bigint, 0),
  coalesce((coalesce(data->'usage', data->'estimated')->>'cacheReadTokens')::bigint, 0),
  coalesce((coalesce(data->'usage', data->'estimated')->>'cacheWriteTokens')::bigint, 0),
  (data->>'costUsd')::numeric, data ? 'estimated', data
from telemetry
on conflict do nothing;
update span call set session = message.session, trace_id = message.trace_id, channel = message.channel
from span message
where call.kind = 'model-call' and message.kind = 'model-message' and message.bot_id = call.bot_id
  and message.response_id = call.response_id;
insert into usage_hour
select bot_id, workspace_id, date_trunc('hour', at), kind, channel, name, connector_id, count(*),
  count(*) filter (where outcome <> 'ok'), count(*) filter (where estimated),
  count(*) filter (where cost_usd is null and input_tokens + output_tokens + cache_read_tokens + cache_write_tokens > 0),
  sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), coalesce(sum(cost_usd), 0), sum(duration_ms)
from span where kind = 'model-call' group by 1, 2, 3, 4, 5, 6, 7;
insert into usage_day
select bot_id, workspace_id, (hour at time zone 'UTC')::date, kind, channel, name, connector_id, sum(count), sum(failed), sum(estimated),
  sum(unpriced), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(cost_usd), sum(duration_ms)
from usage_hour group by 1, 2, 3, 4, 5, 6, 7;
-- squawk-ignore ban-drop-table
drop table telemetry;
