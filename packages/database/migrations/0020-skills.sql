-- Versions of skills, each named by the digest of what it holds; never changed. Bots name one, and get just that.
create table skill (
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  digest text not null,
  description text not null,
  files jsonb not null,
  findings jsonb not null,
  -- Held back by the scan until someone approves it.
  held boolean not null,
  author jsonb not null,
  approved_by jsonb,
  -- Came with Clawster: nobody deletes it.
  built_in boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, name, digest)
);
alter table skill enable row level security;
alter table skill force row level security;
create policy tenant on skill using (is_visible(workspace_id)) with check (is_visible(workspace_id));
