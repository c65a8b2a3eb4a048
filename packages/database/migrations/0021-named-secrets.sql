-- A secret that people keep under a name, attached to what uses it and rotated in one place. Its values are in `secret`.
create table named_secret (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  note text not null default '',
  -- What is given to a bot; a rotation that goes on keeps bots that wait for their turn at the one before.
  current_version integer not null default 1,
  -- After so many days a version is to be replaced.
  rotate_days integer check (rotate_days > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index named_secret_name on named_secret (workspace_id, lower(name)) where deleted_at is null;

-- The value of a version is the envelope it names, until it is revoked: then there is none.
create table named_secret_version (
  secret_id uuid not null references named_secret (id) on delete cascade,
  version integer not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  sealed_id uuid references secret (id),
  author jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  -- What became of it where it was used, once it was taken out of use there.
  proof jsonb,
  primary key (secret_id, version),
  check ((sealed_id is null) = (revoked_at is not null))
);
create index named_secret_version_sealed on named_secret_version (sealed_id);
create index named_secret_version_expiry on named_secret_version (expires_at) where expires_at is not null and revoked_at is null;

-- Which secret is behind a field of what uses it.
create table secret_use (
  workspace_id uuid not null references workspace (id) on delete cascade,
  owner_kind text not null check (owner_kind in ('connector', 'channel')),
  owner_id uuid not null,
  field text not null,
  secret_id uuid not null references named_secret (id),
  primary key (owner_kind, owner_id, field)
);
create index secret_use_secret on secret_use (secret_id);

-- Which versions went to which bot, when last, and how often.
create table secret_access (
  secret_id uuid not null references named_secret (id) on delete cascade,
  version integer not null,
  bot_id uuid not null references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  count integer not null default 1,
  -- What the bot's supervisor said of it: whether it works with this value.
  proof jsonb,
  primary key (secret_id, version, bot_id)
);
create index secret_access_bot on secret_access (bot_id);

do $$
declare name text;
begin
  foreach name in array array['named_secret', 'named_secret_version', 'secret_use', 'secret_access'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
create policy reach on secret_access as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));

alter table secret drop constraint secret_owner_kind_check;
alter table secret add constraint secret_owner_kind_check
  check (owner_kind in ('connector', 'bot', 'identity-provider', 'mail-server', 'invitation', 'named-secret')) not valid;

select set_config('clawster.system', 'on', true);
-- The keys of connectors become secrets with names. Their envelopes stay where they are: they are bound to their place.
with key as (
  select secret.id as sealed_id, secret.workspace_id, secret.owner_id, secret.created_at,
    gen_random_uuid() as secret_id, connector.name || ' API key' as name,
    row_number() over (partition by secret.workspace_id, lower(connector.name) order by secret.created_at) as copy
  from secret join connector on connector.id = secret.owner_id
  where secret.owner_kind = 'connector' and secret.field = 'api-key'
), named as (
  insert into named_secret (id, workspace_id, name, created_at, updated_at)
  select secret_id, workspace_id, name || case when copy > 1 then ' ' || copy else '' end, created_at, created_at from key
), version as (
  insert into named_secret_version (secret_id, version, workspace_id, sealed_id, author, created_at)
  select secret_id, 1, workspace_id, sealed_id, '{"kind": "system", "job": "upgrade"}', created_at from key
)
insert into secret_use (workspace_id, owner_kind, owner_id, field, secret_id)
select workspace_id, 'connector', owner_id, 'api-key', secret_id from key;
