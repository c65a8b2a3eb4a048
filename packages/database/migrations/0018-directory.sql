-- The directory of a workspace, at most one: what makes, changes and ends its people by SCIM.
create table directory (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null unique references workspace (id) on delete cascade,
  name text not null,
  -- What who connected it could do then: it decides over nobody, and gives no role, that may do more.
  set_by_role text not null,
  set_by_permissions text[] not null,
  created_at timestamptz not null default now()
);

-- What a directory shows to be let in. Of its 256 random bits only the SHA-256 is kept.
create table directory_token (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  directory_id uuid not null references directory (id) on delete cascade,
  prefix text not null,
  value_hash bytea not null unique,
  created_at timestamptz not null default now(),
  -- Null for the newest: an earlier one is good until its overlap ends.
  expires_at timestamptz,
  last_used_at timestamptz
);
create index directory_token_directory on directory_token (directory_id);
create index directory_token_workspace on directory_token (workspace_id);

-- A member as the directory describes them. It goes with the membership, whoever ends that.
create table directory_user (
  workspace_id uuid not null references workspace (id) on delete cascade,
  person_id uuid not null,
  directory_id uuid not null references directory (id) on delete cascade,
  user_name text not null,
  external_id text,
  -- What the directory last said; whether they are let in is the membership's.
  active boolean not null,
  -- Names and addresses, as the directory wrote them.
  attributes jsonb not null default '{}',
  -- Whether the directory made the account: such a one follows it, another keeps its own name and address.
  made_account boolean not null,
  -- False for a member who was there before, until they are put into a group.
  follows_groups boolean not null,
  -- Whether it was the directory that disabled the membership: what a person disabled, it does not enable.
  is_shut boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references membership (workspace_id, person_id) on delete cascade
);
create unique index directory_user_name on directory_user (workspace_id, lower(user_name));
create index directory_user_external on directory_user (workspace_id, external_id) where external_id is not null;
create index directory_user_directory on directory_user (directory_id);

create table directory_group (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  directory_id uuid not null references directory (id) on delete cascade,
  display_name text not null,
  external_id text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (workspace_id, id)
);
create unique index directory_group_name on directory_group (workspace_id, lower(display_name));
create index directory_group_directory on directory_group (directory_id);

create table directory_group_member (
  workspace_id uuid not null references workspace (id) on delete cascade,
  group_id uuid not null,
  person_id uuid not null,
  primary key (group_id, person_id),
  foreign key (workspace_id, group_id) references directory_group (workspace_id, id) on delete cascade,
  foreign key (workspace_id, person_id) references directory_user (workspace_id, person_id) on delete cascade
);
create index directory_group_member_person on directory_group_member (workspace_id, person_id);

do $$
declare name text;
begin
  foreach name in array array['directory', 'directory_token', 'directory_user', 'directory_group', 'directory_group_member'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
