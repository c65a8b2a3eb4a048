-- A secret on its way from one value to another. At most one of a secret goes on at a time.
create table rotation (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  secret_id uuid not null references named_secret (id) on delete cascade,
  from_version integer not null,
  to_version integer not null,
  phase text not null default 'running' check (phase in ('running', 'halted', 'done', 'undone')),
  reason text not null default '',
  wave integer not null default 0,
  waves integer not null,
  revoke_former boolean not null,
  former jsonb,
  author jsonb not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  check ((phase in ('done', 'undone')) = (ended_at is not null))
);
create unique index rotation_open on rotation (secret_id) where ended_at is null;
create index rotation_workspace on rotation (workspace_id, started_at desc);

create table rotation_bot (
  rotation_id uuid not null references rotation (id) on delete cascade,
  bot_id uuid not null references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  wave integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'given', 'proven', 'stuck', 'resting', 'gone')),
  text text not null default '',
  -- Someone decided to go on without it.
  set_aside boolean not null default false,
  given_at timestamptz,
  -- The proof that was answered by trying again: not to be judged by it once more.
  judged_proof jsonb,
  at timestamptz not null default now(),
  primary key (rotation_id, bot_id)
);
create index rotation_bot_bot on rotation_bot (bot_id);

do $$
declare name text;
begin
  foreach name in array array['rotation', 'rotation_bot'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
create policy reach on rotation_bot as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));

-- When it was told that a secret is due, of which version.
alter table named_secret add column warned_version integer;

-- Which bots are given a secret, with those whose connector names another to stand in for it. Asked as whoever asks, so that
-- the walls hold.
create view secret_bot with (security_invoker = true) as
  select secret_use.workspace_id, secret_use.secret_id, secret_use.owner_kind, secret_use.owner_id, bot.id as bot_id
    from secret_use
    join connector on connector.id = secret_use.owner_id
      or connector.rules->'fallbacks' @> jsonb_build_array(jsonb_build_object('connectorId', secret_use.owner_id))
    join bot on bot.connector_id = connector.id
    where secret_use.owner_kind = 'connector' and bot.removed_at is null and bot.spec->>'desired' <> 'destroyed'
  union
  select secret_use.workspace_id, secret_use.secret_id, secret_use.owner_kind, secret_use.owner_id, bot.id
    from secret_use
    join channel_attachment on channel_attachment.channel_id = secret_use.owner_id
    join bot on bot.workspace_id = channel_attachment.workspace_id
      and (bot.id = channel_attachment.bot_id or bot.labels @> channel_attachment.selector)
    where secret_use.owner_kind = 'channel' and bot.removed_at is null and bot.spec->>'desired' <> 'destroyed';
