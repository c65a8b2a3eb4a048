-- Limits on what bots spend in a period of UTC: of the whole workspace, one bot, or bots with some labels; of one channel or all.
create table budget (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  bot_id uuid references bot (id) on delete cascade,
  selector jsonb,
  channel text,
  period text not null check (period in ('day', 'week', 'month')),
  limit_usd numeric not null check (limit_usd >= 0),
  -- Percentages of the limit at which it is told.
  warn_at integer[] not null,
  -- The model gateway stops bots at the limit; else it is only told.
  hard boolean not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (bot_id is null or selector is null)
);
create unique index budget_name on budget (workspace_id, lower(name));
create index budget_bot on budget (bot_id);

-- A budget in one of its periods. Whoever grants something of it holds the row's lock.
create table budget_period (
  budget_id uuid not null references budget (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  starts_on date not null,
  -- What calls came to as they were told, when it was last looked at.
  booked_usd numeric not null default 0,
  -- What had been spent when the limit began to hold.
  before_usd numeric not null default 0,
  -- { usd } or { until }, with reason, by and at; null: it is not lifted.
  lift jsonb,
  warned integer[] not null default '{}',
  -- Since when bots are stopped by it, or a soft one is spent.
  spent_at timestamptz,
  primary key (budget_id, starts_on)
);
create index budget_period_spent on budget_period (spent_at) where spent_at is not null;

-- What a bot may spend of a budget in a period, and has, each in all. One whose supervisor came back without its book has
-- another row: what the first was granted stays reserved, for nobody knows whether it was spent.
create table budget_allowance (
  budget_id uuid not null,
  starts_on date not null,
  bot_id uuid not null,
  book text not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  granted_usd numeric not null,
  spent_usd numeric not null,
  drawn_at timestamptz not null default now(),
  refused_at timestamptz,
  -- Of the link it was drawn over: what an older one still sends is void.
  epoch bigint not null,
  primary key (budget_id, starts_on, bot_id, book),
  foreign key (budget_id, starts_on) references budget_period (budget_id, starts_on) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['budget', 'budget_period', 'budget_allowance'] loop
    perform wall_off(name);
  end loop;
end $$;
-- Of one bot, it is for those who reach the bot.
create policy reach on budget as restrictive
  using ((select is_unlimited()) or bot_id is null or bot_id in (select id from bot));
