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

-- What proves a person beside the password. It belongs to the person and to no workspace, so the secret is an envelope under
-- the installation's key for second factors; AAD binds table, row, person, field and key id.
create table totp (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id) on delete cascade,
  kek_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  -- The newest half minute of which a code was used: its code and all before it are used up.
  used_step bigint not null default 0,
  created_at timestamptz not null default now(),
  -- Until a first code proved that the app has it, it asks nobody for a code.
  confirmed_at timestamptz
);
create unique index totp_in_force on totp (person_id) where confirmed_at is not null;
create unique index totp_offered on totp (person_id) where confirmed_at is null;

-- Only the SHA-256 of a code's 80 random bits is kept.
create table recovery_code (
  person_id uuid not null references person (id) on delete cascade,
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);

-- A right password that waits for the second step. It opens nothing else, and this once.
create table sign_in_challenge (
  token_hash bytea primary key,
  person_id uuid not null references person (id) on delete cascade,
  -- Of the invitation that is accepted by signing in.
  invitation_hash bytea,
  tries integer not null default 0,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sign_in_challenge_person on sign_in_challenge (person_id);

do $$
declare name text;
begin
  foreach name in array array['invitation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
