-- A workspace may have several data keys: one that new secrets are sealed under, and retired ones that some still are under.
-- `name` is what those rows have in `kek_id`, and stays when the key is wrapped anew. Null: made by the version before, and
-- its `kek_id` is its name.
alter table data_key add column name text;
alter table data_key add column retired_at timestamptz;
-- squawk-ignore require-concurrent-index-creation -- a row for each workspace
create unique index data_key_name on data_key (workspace_id, coalesce(name, kek_id));
-- squawk-ignore require-concurrent-index-creation -- a row for each workspace
create unique index data_key_current on data_key (workspace_id) where retired_at is null;
alter table data_key drop constraint data_key_pkey;

-- The same for the keys of the installation.
alter table installation_key add column name text;
alter table installation_key add column retired_at timestamptz;
-- squawk-ignore require-concurrent-index-creation -- three rows
create unique index installation_key_name on installation_key (purpose, coalesce(name, kek_id));
-- squawk-ignore require-concurrent-index-creation -- three rows
create unique index installation_key_current on installation_key (purpose) where retired_at is null;
alter table installation_key drop constraint installation_key_pkey;

-- What is done in batches to keys: what is done stays done, so a job that was broken off is gone on with.
create table key_job (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- Data keys and installation keys wrapped anew, or the workspace's secrets sealed anew.
  kind text not null check (kind in ('rewrap', 'reencrypt')),
  done integer not null default 0,
  leased_until timestamptz,
  failures integer not null default 0,
  next_try_at timestamptz not null default now(),
  -- Why the last try failed.
  trouble text,
  begun_at timestamptz not null default now(),
  ended_at timestamptz
);
create unique index key_job_open on key_job (workspace_id, kind) where ended_at is null;
create index key_job_begun on key_job (workspace_id, begun_at desc);
alter table key_job enable row level security;
alter table key_job force row level security;
create policy tenant on key_job using (is_visible(workspace_id)) with check (is_visible(workspace_id));
