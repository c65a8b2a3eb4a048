-- An account at a messaging service that bots can answer by. Its credentials are secrets with names.
create table channel (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  kind text not null check (kind in ('telegram', 'slack', 'discord', 'whatsapp')),
  -- What holds for every bot that is attached and does not differ.
  settings jsonb not null,
  check_result jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index channel_name on channel (workspace_id, lower(name));

-- Bots that answer by it: one by name, or all with these labels; each may differ in its settings.
create table channel_attachment (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  channel_id uuid not null references channel (id) on delete cascade,
  bot_id uuid references bot (id) on delete cascade,
  selector jsonb,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  check ((bot_id is null) <> (selector is null))
);
create unique index channel_attachment_bot on channel_attachment (channel_id, bot_id) where bot_id is not null;
create unique index channel_attachment_selector on channel_attachment (channel_id, selector) where selector is not null;
create index channel_attachment_of_bot on channel_attachment (bot_id) where bot_id is not null;

do $$
declare name text;
begin
  foreach name in array array['channel', 'channel_attachment'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
create policy reach on channel_attachment as restrictive
  using ((select is_unlimited()) or bot_id is null or bot_id in (select id from bot));
