-- Under what people who write to bots are told: random, of each workspace, and told to the hosts of its bots alone.
create table pseudonym_key (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  key bytea not null check (length(key) = 32)
);
alter table pseudonym_key enable row level security;
alter table pseudonym_key force row level security;
create policy tenant on pseudonym_key using (is_visible(workspace_id)) with check (is_visible(workspace_id));
