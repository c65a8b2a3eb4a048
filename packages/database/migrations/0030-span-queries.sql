-- What the pages ask of spans, each by an index of its own.
-- Of the same release as the tables, and none is made concurrently for partitions.
-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
create index span_turn_channel on span (workspace_id, channel, at desc) where kind = 'turn';
-- Turns that may have gone in circles (domain/usage/loop.ts): many uses of tools or the same again and again, failures of them, large calls.
create index span_turn_busy on span (workspace_id, at desc) 
  where kind = 'turn' and (data->'toolCalls' >= '20' or data->'repeats' >= '5');
create index span_tool_failed on span (workspace_id, at desc) include (bot_id, trace_id, name)
  where kind = 'tool-call' and outcome <> 'ok' and trace_id is not null;
create index span_call_large on span (workspace_id, at desc) include (bot_id, trace_id, input_tokens, output_tokens)
  where kind = 'model-call' and trace_id is not null and input_tokens + output_tokens >= 20000;
-- What is left out when the model gateway's count is laid beside OpenClaw's.
create index span_unmatched on span (workspace_id, at) include (bot_id, kind, outcome, channel, input_tokens, output_tokens)
  where kind in ('model-call', 'model-message') and (outcome <> 'ok' or kind = 'model-call' and trace_id is null);
create index span_text_at on span_text (workspace_id, at desc);
create index usage_hour_kind on usage_hour (workspace_id, kind, hour);
drop index usage_hour_workspace;
create index usage_day_name on usage_day (workspace_id, kind, name, day);
create index latency_day_name on latency_day (bot_id, kind, name, day);

-- The words a transaction looks for. They are part of the wall, since what is asked in front of it may use no index; and its
-- first part, by its name, since only that may. Without any words all texts are seen: none has a space for a word.
create function searched() returns tsquery language sql stable as $$
  select case coalesce(current_setting('clawster.words', true), '') when '' then '!'' '''::tsquery
    else websearch_to_tsquery('simple', current_setting('clawster.words', true)) end
$$;
create policy asked on span_text as restrictive for select using (words @@ searched());

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

create or replace function add_partitions(first date, last date) returns void language plpgsql as $$
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
