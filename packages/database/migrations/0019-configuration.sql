-- What a bot's configuration is made of beside its own settings. A template is below all; a bot holds on to one version of it.
create table template (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  summary text not null,
  latest_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Its versions stay for the bots that were made from them.
  deleted_at timestamptz
);
create unique index template_name on template (workspace_id, lower(name)) where deleted_at is null;

-- Never changed. `template_id` is the id of a template, or the name of a built-in one, kept here when it is first used.
create table template_version (
  workspace_id uuid not null references workspace (id) on delete cascade,
  template_id text not null,
  version integer not null,
  name text not null,
  content jsonb not null,
  note text not null default '',
  author jsonb not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, template_id, version)
);

-- Attached by a bot that names it, or to all bots with these labels. Of these, those with the lower priority are below.
create table profile (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  description text not null default '',
  selector jsonb,
  priority integer not null default 100,
  settings jsonb not null,
  locked text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index profile_name on profile (workspace_id, lower(name));

-- A small difference of one bot, or of all with these labels; for a while, where it expires.
create table overlay (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  reason text not null default '',
  bot_id uuid references bot (id) on delete cascade,
  selector jsonb,
  priority integer not null default 100,
  settings jsonb not null,
  expires_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((bot_id is null) <> (selector is null))
);
create unique index overlay_name on overlay (workspace_id, lower(name));
create index overlay_bot on overlay (bot_id) where bot_id is not null;
create index overlay_expiry on overlay (expires_at) where expires_at is not null;

-- What a bot was to be at a generation, by whose word and why, and what came of it. Written when its configuration changes.
create table revision (
  workspace_id uuid not null references workspace (id) on delete cascade,
  bot_id uuid not null references bot (id) on delete cascade,
  number bigint not null,
  at timestamptz not null default now(),
  author jsonb not null,
  -- What was changed: the bot itself, or a layer of it.
  cause jsonb not null,
  reason text not null default '',
  spec jsonb not null,
  layers jsonb not null,
  document jsonb not null,
  files jsonb not null,
  label text,
  -- Whether a gateway was seen to be well with it; null while that is not known.
  verdict text check (verdict in ('good', 'bad')),
  verdict_reason text,
  primary key (bot_id, number)
);
create index revision_workspace on revision (workspace_id, at desc);
create unique index revision_label on revision (bot_id, lower(label)) where label is not null;

do $$
declare name text;
begin
  foreach name in array array['template', 'template_version', 'profile', 'overlay', 'revision'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
create policy reach on revision as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));
create policy reach on overlay as restrictive
  using ((select is_unlimited()) or bot_id is null or bot_id in (select id from bot));
