-- How each bot is, as the loop watch-health found it last, and what opens and closes an incident.
create table bot_health (
  bot_id uuid primary key references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  verdict text not null check (verdict in ('bad', 'unknown', 'settling', 'good', 'muted')),
  -- Lists show the worst first: low is worse.
  rank integer not null,
  why text not null,
  fix text,
  signal text,
  cause text,
  -- The signals that are bad.
  failing jsonb not null default '[]',
  since timestamptz not null,
  -- Older than its deadline, the verdict reads unknown.
  checked_at timestamptz not null,
  -- When what may become an incident, or is one, began; and since when all has been well again.
  trouble_since timestamptz,
  well_since timestamptz,
  -- Of the gateway, as the supervisor counts them, and when those of the last hour were seen.
  restart_count integer not null default 0,
  restarts jsonb not null default '[]',
  check ((signal is null) = (cause is null))
) with (fillfactor = 70);
create index bot_health_workspace on bot_health (workspace_id, rank);

-- A time in which a bot was not well.
create table incident (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  bot_id uuid not null references bot (id) on delete cascade,
  signal text not null,
  cause text not null,
  why text not null,
  fix text,
  -- The signals as they were when it was opened.
  evidence jsonb not null,
  began_at timestamptz not null,
  opened_at timestamptz not null default now(),
  ended_at timestamptz,
  ending text check (ending in ('recovered', 'muted')),
  check ((ended_at is null) = (ending is null)),
  check (ended_at >= began_at)
);
-- Whoever else watches opens it no second time.
create unique index incident_open on incident (bot_id) where ended_at is null;
create index incident_workspace on incident (workspace_id, began_at desc);
create index incident_bot on incident (bot_id, began_at desc);

do $$
declare name text;
begin
  foreach name in array array['bot_health', 'incident'] loop
    perform wall_off(name);
    execute format('create policy reach on %I as restrictive using ((select is_unlimited()) or bot_id in (select id from bot))', name);
  end loop;
end $$;

-- The lock is short: one has few rows, the other none before this release.
-- squawk-ignore require-concurrent-index-creation
create index telemetry_gap_bot on telemetry_gap (bot_id, at desc);
-- squawk-ignore require-concurrent-index-creation
create index span_message_in on span (bot_id, at desc) where kind = 'message-in';
