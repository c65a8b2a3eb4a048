-- Filters of the audit trail under a name: of one member, or of the workspace when nobody owns it.
create table audit_view (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  owner_id uuid,
  name text not null,
  filter jsonb not null,
  created_at timestamptz not null default now(),
  -- Who leaves the workspace leaves none behind.
  foreign key (workspace_id, owner_id) references membership (workspace_id, person_id) on delete cascade
);
create unique index audit_view_name on audit_view (workspace_id, owner_id, lower(name)) nulls not distinct;
alter table audit_view enable row level security;
alter table audit_view force row level security;
create policy tenant on audit_view using (is_visible(workspace_id)) with check (is_visible(workspace_id));
