-- What bots cost beside their models' calls: at which prices those were counted, what each conversation came to, and what the
-- targets cost that bots were on. The first two are kept in the transaction that stores the spans.
create table price_day (
  bot_id uuid not null,
  workspace_id uuid not null,
  day date not null,
  connector_id text not null,
  -- The model.
  name text not null,
  -- Empty where a call had no price.
  price_version text not null,
  count bigint not null,
  cost_usd numeric not null,
  primary key (bot_id, day, connector_id, name, price_version)
);
create index price_day_workspace on price_day (workspace_id, day);

create table conversation_day (
  bot_id uuid not null,
  workspace_id uuid not null,
  day date not null,
  session text not null,
  count bigint not null,
  tokens bigint not null,
  unpriced bigint not null,
  cost_usd numeric not null,
  primary key (bot_id, day, session)
);
-- The dearest conversations are found in the index alone.
create index conversation_day_workspace on conversation_day (workspace_id, day)
  include (bot_id, session, cost_usd, count, tokens, unpriced);

-- From that hour on, until the next.
create table target_price (
  target_id uuid not null references target (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  from_hour timestamptz not null,
  usd_per_hour numeric not null check (usd_per_hour >= 0),
  primary key (target_id, from_hour)
);
create index target_price_workspace on target_price (workspace_id);

-- What a bill says a target cost on a day, in place of its price.
create table target_import (
  target_id uuid not null references target (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  day date not null,
  usd numeric not null check (usd >= 0),
  booked boolean not null default false,
  primary key (target_id, day)
);
create index target_import_due on target_import (day) where not booked;
create index target_import_workspace on target_import (workspace_id);

-- Which bots ran on a target in an hour. From this the days are booked, again and again to the same.
create table target_hour (
  target_id uuid not null references target (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  hour timestamptz not null,
  bot_ids uuid[] not null,
  booked boolean not null default false,
  primary key (target_id, hour)
);
create index target_hour_due on target_hour (hour) where not booked;
create index target_hour_workspace on target_hour (workspace_id);

create table infrastructure_day (
  target_id uuid not null references target (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  day date not null,
  -- Null: no bot was there.
  bot_id uuid,
  usd numeric not null,
  unique nulls not distinct (target_id, day, bot_id)
);
create index infrastructure_day_workspace on infrastructure_day (workspace_id, day);
create index infrastructure_day_bot on infrastructure_day (bot_id, day);

-- Bots whose cost or tokens rose far above what is usual for them.
create table cost_spike (
  bot_id uuid not null,
  workspace_id uuid not null,
  at timestamptz not null default now(),
  hour timestamptz not null,
  usd numeric not null,
  usual_usd numeric not null,
  tokens bigint not null,
  usual_tokens bigint not null,
  why text not null,
  primary key (bot_id, at)
);
create index cost_spike_workspace on cost_spike (workspace_id, at desc);

do $$
declare name text;
begin
  foreach name in array array['price_day', 'conversation_day', 'target_price', 'target_import', 'target_hour', 'infrastructure_day',
    'cost_spike'] loop
    perform wall_off(name);
  end loop;
  foreach name in array array['price_day', 'conversation_day', 'infrastructure_day', 'cost_spike'] loop
    execute format('create policy reach on %I as restrictive using ((select is_unlimited()) or bot_id in (select id from bot))', name);
  end loop;
end $$;

-- What was stored before.
insert into price_day
select bot_id, workspace_id, (at at time zone 'UTC')::date, connector_id, name, coalesce(data->>'priceVersion', ''), count(*),
  coalesce(sum(cost_usd), 0)
from span where kind = 'model-call' group by 1, 2, 3, 4, 5, 6;
insert into conversation_day
select bot_id, workspace_id, (at at time zone 'UTC')::date, session, count(*),
  sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens),
  count(*) filter (where cost_usd is null and input_tokens + output_tokens + cache_read_tokens + cache_write_tokens > 0),
  coalesce(sum(cost_usd), 0)
from span where kind = 'model-call' and session is not null group by 1, 2, 3, 4;
