-- A bot's state at one moment. The file lies in the data folder of the server that wrote it and names its own key,
-- wrapped; the row is made when the file was read back whole. It outlives its bot, whose row stays.
create table backup (
  id uuid primary key,
  workspace_id uuid not null references workspace (id) on delete cascade,
  bot_id uuid not null references bot (id) on delete cascade,
  bot_name text not null,
  -- What a bot made of it is like: its spec when the backup was taken, without a secret.
  spec jsonb not null,
  target_id uuid not null references target (id),
  kek_id text not null,
  bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now()
);
create index backup_workspace on backup (workspace_id, created_at desc);
create index backup_bot on backup (bot_id, created_at desc);

-- Work on a bot's state in steps, each of which may be done again after a crash at any point. `epoch` rises with
-- each lease; a write of an earlier one does nothing.
create table operation (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('backup', 'restore', 'move', 'clone')),
  phase text not null default 'pending' check (phase in ('pending', 'running', 'done', 'failed', 'cancelled')),
  reason text not null default '',
  steps jsonb not null,
  -- Whose state is written, or read for a backup.
  bot_id uuid not null references bot (id) on delete cascade,
  -- The bot did not exist before: without its state it is of no use.
  bot_is_new boolean not null default false,
  -- Whose state a clone takes.
  source_bot_id uuid references bot (id) on delete cascade,
  -- Being written, or read; its row may not exist yet.
  backup_id uuid,
  from_target_id uuid references target (id),
  target_id uuid references target (id),
  -- The bot's own epoch when it was held: only a look that began later has seen that it is.
  held_at_epoch bigint not null default 0,
  cancel_asked_at timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  reconcile_at timestamptz not null default now(),
  failures integer not null default 0,
  leased_by text,
  leased_until timestamptz,
  epoch bigint not null default 0
);
create unique index operation_active on operation (bot_id) where phase in ('pending', 'running');
create index operation_due on operation (reconcile_at) where phase in ('pending', 'running');
create index operation_workspace on operation (workspace_id, created_at desc);
create index operation_bot on operation (bot_id, created_at desc);

-- While set, the bot stands still and is nobody else's to change.
alter table bot add column operation_id uuid;
-- Not validated: every row is null, and a look at all of them would hold up writes.
alter table bot add constraint bot_operation_id_fkey foreign key (operation_id) references operation (id) not valid;

do $$
declare name text;
begin
  foreach name in array array['backup', 'operation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
