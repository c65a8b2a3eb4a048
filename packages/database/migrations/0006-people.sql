-- Invitations. Of the link only the SHA-256 of its 256 random bits is kept, so that no reader of this table can use one.
create table invitation (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- Whoever accepts has this address and no other.
  email text not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  token_hash bytea not null unique,
  -- How the link travels: handed over by a person, or mailed.
  delivery text not null default 'link' check (delivery in ('link', 'mail')),
  invited_by uuid references person (id) on delete set null,
  invited_by_name text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create unique index invitation_pending on invitation (workspace_id, lower(email))
  where accepted_at is null and revoked_at is null;
create index invitation_workspace on invitation (workspace_id, created_at desc);

-- While set, the person is let in nowhere in this workspace; what they are and may do is kept.
alter table membership add column disabled_at timestamptz;

do $$
declare name text;
begin
  foreach name in array array['invitation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
