-- A look for the workspace's secrets at every place. One at a time; whoever carries it out holds the lease.
create table scan (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  author jsonb not null,
  phase text not null default 'waiting' check (phase in ('waiting', 'running', 'done', 'failed')),
  reason text not null default '',
  deep boolean not null default false,
  secrets integer not null default 0,
  too_short jsonb not null default '[]',
  bots_all integer not null default 0,
  bots_scanned integer not null default 0,
  files integer not null default 0,
  bytes bigint not null default 0,
  rows bigint not null default 0,
  opened integer not null default 0,
  -- What was not looked through, and why.
  trouble jsonb not null default '[]',
  trouble_more integer not null default 0,
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  leased_by text,
  leased_until timestamptz,
  epoch bigint not null default 0,
  check ((phase in ('done', 'failed')) = (ended_at is not null))
);
create unique index scan_open on scan (workspace_id) where ended_at is null;
create index scan_workspace on scan (workspace_id, asked_at desc);

-- That a form of a secret was seen somewhere. Names of places are masked before they come here.
create table finding (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('plaintext-secret')),
  -- The envelope the value was in; it may be gone by now.
  sealed_id uuid not null,
  secret_id uuid references named_secret (id) on delete cascade,
  secret_name text not null,
  version integer not null,
  form text not null,
  packed boolean not null,
  place_kind text not null check (place_kind in ('bot', 'database', 'server')),
  bot_id uuid references bot (id) on delete cascade,
  host text,
  part text not null,
  place text not null,
  line integer,
  row_id text,
  times integer not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  fixed_at timestamptz,
  dismissed jsonb,
  check ((place_kind = 'bot') = (bot_id is not null))
);
create unique index finding_once on finding
  (workspace_id, sealed_id, version, form, packed, place_kind, bot_id, host, part, place) nulls not distinct;
create index finding_open on finding (workspace_id, last_seen_at desc) where fixed_at is null and dismissed is null;
create index finding_bot on finding (bot_id);
create index finding_secret on finding (secret_id);

-- What a workspace never set is a day.
create table scan_schedule (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  -- Null: only when asked.
  every_hours integer check (every_hours > 0)
);

do $$
declare name text;
begin
  foreach name in array array['scan', 'finding', 'scan_schedule'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
create policy reach on finding as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));
