select set_config('clawster.system', 'on', true);

-- Who may see or manage keys could do so with that one permission; the routes ask for `api-key:own` now.
update role set permissions = array_append(permissions, 'api-key:own')
  where permissions && array['api-key:read', 'api-key:manage'] and not 'api-key:own' = any (permissions);
update api_key set scopes = array_append(scopes, 'api-key:own')
  where scopes && array['api-key:read', 'api-key:manage'] and not 'api-key:own' = any (scopes);

-- A member that is no person: programs' keys belong to it, and outlive whoever made them.
create table service_account (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  description text not null default '',
  role text not null,
  disabled_at timestamptz,
  created_by uuid references person (id) on delete set null,
  created_at timestamptz not null default now()
);
create unique index service_account_name on service_account (workspace_id, lower(name));
create index service_account_created_by on service_account (created_by);
alter table service_account enable row level security;
alter table service_account force row level security;
create policy tenant on service_account using (is_visible(workspace_id)) with check (is_visible(workspace_id));

-- Null: a person's. Never set to null later: that would make an account's key a person's.
alter table api_key add column service_account_id uuid;
-- Not validated: every row is null.
alter table api_key add constraint api_key_service_account_id_fkey
  foreign key (service_account_id) references service_account (id) on delete cascade not valid;
-- Keys are few enough for the lock to be short.
-- squawk-ignore require-concurrent-index-creation
create index api_key_service_account on api_key (service_account_id) where service_account_id is not null;

-- Which key took its place when it was rotated.
alter table api_key add column replaced_by uuid;
alter table api_key add constraint api_key_replaced_by_fkey
  foreign key (replaced_by) references api_key (id) on delete set null not valid;
