-- Where the signed end of a workspace's trail is sent, so that who may write in this database cannot take back what it said.
create table audit_sink (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  kind text not null check (kind in ('webhook', 'syslog', 'file')),
  settings jsonb not null,
  created_at timestamptz not null default now(),
  -- The last seal that was sent, and when.
  sent_number integer not null default 0,
  sent_at timestamptz,
  -- Why the last try failed; null when it did not.
  trouble text,
  failures integer not null default 0,
  next_try_at timestamptz not null default now()
);
create unique index audit_sink_name on audit_sink (workspace_id, lower(name));
create index audit_sink_due on audit_sink (next_try_at);
alter table audit_sink enable row level security;
alter table audit_sink force row level security;
create policy tenant on audit_sink using (is_visible(workspace_id)) with check (is_visible(workspace_id));
