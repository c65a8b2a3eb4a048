-- Roles a workspace made itself: named sets of permissions. The name is what memberships, keys, invitations and bindings
-- hold, so it never changes; the built-in ones live in the code and have no row.
create table role (
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null check (name ~ '^[a-z][a-z0-9-]{1,39}$'),
  description text not null default '',
  permissions text[] not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, name)
);

-- Short tables, and a lock of milliseconds. `member` of no role does not exist: a role without a row may do nothing.
alter table membership drop constraint membership_role_check;
alter table invitation drop constraint invitation_role_check;
alter table api_key drop constraint api_key_role_check;

-- What tells bots apart for people and selectors: {"team": "support"}.
alter table bot add column labels jsonb not null default '{}';
-- Bots are few enough for the lock to be short.
-- squawk-ignore require-concurrent-index-creation
create index bot_labels on bot using gin (labels jsonb_path_ops);

-- What a person may do to some bots beside what their role lets them do to all: to one, or to those with these labels.
create table role_binding (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  person_id uuid not null,
  role text not null,
  bot_id uuid references bot (id) on delete cascade,
  labels jsonb,
  created_at timestamptz not null default now(),
  foreign key (workspace_id, person_id) references membership (workspace_id, person_id) on delete cascade,
  check (num_nonnulls(bot_id, labels) = 1),
  -- No labels at all would be all bots, which is what a role is for.
  check (labels <> '{}')
);
create index role_binding_person on role_binding (workspace_id, person_id);
create index role_binding_bot on role_binding (bot_id) where bot_id is not null;
create unique index role_binding_once on role_binding
  (person_id, workspace_id, role, coalesce(bot_id::text, labels::text));

-- A key may be narrowed to some bots too.
alter table api_key add column bot_id uuid;
-- Not validated: every row is null.
alter table api_key add constraint api_key_bot_id_fkey foreign key (bot_id) references bot (id) on delete cascade not valid;
alter table api_key add column labels jsonb;

-- The reach of a transaction: to which bots what its caller asks for is limited. `clawster.reach` is set by command() and
-- query() for callers whose permission holds for some bots only; without it all of the workspace's are reached.
create function is_unlimited() returns boolean language sql stable as $$
  select coalesce(current_setting('clawster.reach', true), '') = ''
$$;
create function in_reach(bot_id uuid, labels jsonb) returns boolean language sql stable as $$
  select exists (
    select from jsonb_array_elements(current_setting('clawster.reach', true)::jsonb) as scope
    where scope->>'botId' = bot_id::text or labels @> (scope->'labels')
  )
$$;

-- Restrictive: beside the tenancy, never instead of it. The sub-select is asked once for a statement, not once for a row.
create policy reach on bot as restrictive
  using ((select is_unlimited()) or in_reach(id, labels)) with check ((select is_unlimited()) or in_reach(id, labels));
do $$
declare name text;
begin
  foreach name in array array['link', 'telemetry', 'telemetry_gap', 'join_token', 'backup', 'operation'] loop
    execute format('create policy reach on %I as restrictive using ((select is_unlimited()) or bot_id in (select id from bot))', name);
  end loop;
  foreach name in array array['role', 'role_binding'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
-- Anyone records what they do; what others did they see of the bots they reach.
create policy reach on event as restrictive for select
  using ((select is_unlimited()) or subject_id in (select id from bot));
