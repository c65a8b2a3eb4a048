-- How long a workspace keeps its events; no row, or null days: for ever. Seals stay, with the hashes of what is gone.
create table audit_retention (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  days integer check (days between 30 and 3650),
  -- What seals up to this number are about was marked as to be forgotten, by a signed event; and is gone up to that one.
  marked_number bigint not null default 0,
  forgotten_number bigint not null default 0
);
alter table audit_retention enable row level security;
alter table audit_retention force row level security;
create policy tenant on audit_retention using (is_visible(workspace_id)) with check (is_visible(workspace_id));
