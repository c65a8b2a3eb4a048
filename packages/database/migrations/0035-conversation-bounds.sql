-- What a conversation can have come to at most in some days, so that the dearest are found without adding up all of them:
-- whoever comes to less than the last of the dearest in more days than are asked for is none of them.

-- The stretches of days a day lies in: its month, two fortnights and three times 45 days, so that any 7 and any 30 days lie
-- within one not much longer. Counted from a day before all others, a Monday.
create function stretches_of(day date) returns table (first_day date, last_day date) language sql immutable as $$
  select date_trunc('month', day::timestamp)::date, (date_trunc('month', day::timestamp) + interval '1 month - 1 day')::date
  union all
  select first_day, first_day + length - 1
  from (values (14, 7), (45, 15)) as kind (length, step), generate_series(0, length / step - 1) as before,
    lateral (select day - (day - date '0001-01-01') % step - before * step as first_day) as stretch
$$;

create table conversation_bound (
  bot_id uuid not null,
  workspace_id uuid not null,
  session text not null,
  first_day date not null,
  last_day date not null,
  -- Rounded up, and a whole number: only such are compared by the index behind row-level security.
  nano_usd bigint not null,
  tokens bigint not null,
  primary key (bot_id, session, first_day, last_day)
);
create index conversation_bound_dearest on conversation_bound (workspace_id, first_day, last_day, nano_usd, tokens);

-- A conversation's days lie together: what it came to is read for each that may be among the dearest.
alter table conversation_day drop constraint conversation_day_pkey;
-- Of the same release as the table: nobody has stored very many yet.
-- squawk-ignore constraint-missing-not-valid, adding-serial-primary-key-field
alter table conversation_day add primary key (bot_id, session, day);

select wall_off('conversation_bound');
create policy reach on conversation_bound as restrictive
  using ((select is_unlimited()) or bot_id in (select id from bot));

-- What was stored before, of all workspaces. What 0031 was to take over stayed behind its wall: it is made good here, where
-- there are still more spans than were counted.
select set_config('clawster.system', 'on', true);
insert into price_day
select bot_id, workspace_id, (at at time zone 'UTC')::date, connector_id, name, coalesce(data->>'priceVersion', ''), count(*),
  coalesce(sum(cost_usd), 0)
from span where kind = 'model-call' group by 1, 2, 3, 4, 5, 6
on conflict (bot_id, day, connector_id, name, price_version) do update
  set count = excluded.count, cost_usd = excluded.cost_usd where excluded.count > price_day.count;
insert into conversation_day
select bot_id, workspace_id, (at at time zone 'UTC')::date, session, count(*),
  sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens),
  count(*) filter (where cost_usd is null and input_tokens + output_tokens + cache_read_tokens + cache_write_tokens > 0),
  coalesce(sum(cost_usd), 0)
from span where kind = 'model-call' and session is not null group by 1, 2, 3, 4
on conflict (bot_id, session, day) do update
  set count = excluded.count, tokens = excluded.tokens, unpriced = excluded.unpriced, cost_usd = excluded.cost_usd
  where excluded.count > conversation_day.count;
insert into conversation_bound
select bot_id, workspace_id, session, first_day, last_day, sum(ceil(cost_usd * 1000000000))::bigint, sum(tokens)::bigint
from conversation_day cross join lateral stretches_of(day) group by 1, 2, 3, 4, 5;
