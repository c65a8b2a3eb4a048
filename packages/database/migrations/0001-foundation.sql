-- Tenancy. Every table with a workspace_id is read and written under `clawster.workspace_id`, set for the
-- transaction by command(), query() and the loops; without it no row is visible. `clawster.system` opens
-- all workspaces to the loops and the sign-in, which find out by it which workspace they are in.
create function is_visible(workspace_id uuid) returns boolean language sql stable as $$
  select workspace_id = nullif(current_setting('clawster.workspace_id', true), '')::uuid
      or current_setting('clawster.system', true) = 'on'
$$;

create table workspace (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  created_at timestamptz not null default now()
);

-- One row: the hash of the one-time set-up token, until the first owner exists.
create table setup (
  only_one boolean primary key default true check (only_one),
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  completed_at timestamptz
);

create table person (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  password_hash text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz
);
create unique index person_email on person (lower(email));

create table membership (
  workspace_id uuid not null references workspace (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
create index membership_person on membership (person_id);

-- Only the SHA-256 of a session's 256 random bits is kept.
create table session (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  person_id uuid not null references person (id) on delete cascade,
  token_hash bytea not null unique,
  address text not null,
  user_agent text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_person on session (person_id) where revoked_at is null;

create table api_key (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  prefix text not null,
  value_hash bytea not null unique,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  scopes text[],
  created_by uuid references person (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_workspace on api_key (workspace_id, created_at desc);

-- The audit trail, the outbox and the live stream. Read in order by (xid, id), never beyond the oldest
-- transaction still open: sequence order is not commit order.
create table event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  at timestamptz not null default now(),
  type text not null,
  actor jsonb not null,
  subject_id uuid,
  subject_name text,
  detail jsonb not null default '{}'
);
create index event_order on event (xid, id);
create index event_workspace on event (workspace_id, id desc);
create index event_subject on event (subject_id, id desc) where subject_id is not null;

-- The workspace's data key, wrapped by the key-encryption key named in `kek_id`.
create table data_key (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  kek_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

-- Envelopes: AES-256-GCM under the workspace's data key; AAD binds table, row, field, version and key id.
create table secret (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  owner_kind text not null check (owner_kind in ('connector', 'bot')),
  owner_id uuid not null,
  field text not null,
  version integer not null default 1,
  kek_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (owner_kind, owner_id, field)
);
create index secret_workspace on secret (workspace_id);

create table target (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  kind text not null,
  settings jsonb not null default '{}',
  health jsonb,
  created_at timestamptz not null default now(),
  unique (workspace_id, name)
);

create table connector (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('model-provider')),
  name text not null,
  provider text not null check (provider in ('openai-compatible', 'anthropic', 'demo')),
  base_url text,
  model text not null,
  check_result jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Detached: the row stays for the bots that once used it.
  deleted_at timestamptz
);
create unique index connector_name on connector (workspace_id, lower(name)) where deleted_at is null;

-- OpenClaw versions on this machine; `phase` is the desired and the observed in one, moved by the loop.
create table runtime (
  version text primary key,
  phase text not null check (phase in ('absent', 'installing', 'installed', 'failed')),
  message text not null default '',
  progress real,
  since timestamptz not null default now(),
  reconcile_at timestamptz not null default now(),
  failures integer not null default 0,
  leased_by text,
  leased_until timestamptz,
  epoch bigint not null default 0
);

create table bot (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  target_id uuid not null references target (id),
  connector_id uuid not null references connector (id),
  spec jsonb not null,
  generation integer not null default 1,
  -- Rises when the supervisor's process must be made anew (another runtime, another memory limit).
  workload_generation integer not null default 1,
  restart_count integer not null default 0,
  status jsonb not null,
  phase text not null,
  phase_since timestamptz not null default now(),
  public_key text,
  state_kept_until timestamptz,
  removed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  reconcile_at timestamptz not null default now(),
  failures integer not null default 0,
  leased_by text,
  leased_until timestamptz,
  epoch bigint not null default 0
);
create unique index bot_name on bot (workspace_id, lower(name)) where phase <> 'destroyed';
create index bot_due on bot (reconcile_at) where removed_at is null;
create index bot_workspace_phase on bot (workspace_id, phase);
create index bot_target on bot (target_id);
create index bot_connector on bot (connector_id);

create table join_token (
  token_hash bytea primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  bot_id uuid not null references bot (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index join_token_bot on join_token (bot_id);

-- Which replica holds a bot's link, and what came over it last.
create table link (
  bot_id uuid primary key references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  epoch integer not null default 0,
  replica text,
  connected_at timestamptz,
  disconnected_at timestamptz,
  last_seen_at timestamptz,
  supervisor_version text,
  report jsonb,
  configured_generation integer not null default 0
);

-- What supervisors spooled, stored once per (bot, epoch, sequence).
create table telemetry (
  bot_id uuid not null references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  epoch bigint not null,
  sequence bigint not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  primary key (bot_id, epoch, sequence)
);
create index telemetry_at on telemetry (bot_id, at desc);

create table telemetry_gap (
  id bigint generated always as identity primary key,
  bot_id uuid not null references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  at timestamptz not null default now(),
  dropped bigint not null
);

do $$
declare name text;
begin
  foreach name in array array['membership', 'session', 'api_key', 'event', 'data_key', 'secret', 'target',
    'connector', 'bot', 'join_token', 'link', 'telemetry', 'telemetry_gap'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
alter table workspace enable row level security;
alter table workspace force row level security;
create policy tenant on workspace using (is_visible(id)) with check (is_visible(id));
