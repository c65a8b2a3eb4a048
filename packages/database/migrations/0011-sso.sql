-- Who signs in at an identity provider may have no passphrase here.
-- Such people exist only since this version, which is the one to read them.
-- squawk-ignore ban-drop-not-null
alter table person alter column password_hash drop not null;

-- Whether a session was opened at a provider: a second factor is that one's business then.
alter table session add column by_sso boolean not null default false;

-- The OpenID Connect provider of a workspace, at most one. Its client secret is in `secret`.
create table identity_provider (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null unique references workspace (id) on delete cascade,
  -- Name, issuer, client id, scopes, which group has which role, whose addresses are taken.
  settings jsonb not null,
  -- What who set this up could do then: whoever may do more is not let in by it, or an admin's own provider could make them an owner.
  set_by_role text not null,
  set_by_permissions text[] not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Who a person is at a provider. It belongs to the person and to no workspace, as the account does.
create table person_identity (
  issuer text not null,
  subject text not null,
  person_id uuid not null references person (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index person_identity_person on person_identity (person_id);

-- A browser that was sent to the provider and is expected back, once. Of its state and its cookie only SHA-256 hashes are kept;
-- nonce and PKCE verifier are derived from the cookie.
create table sso_attempt (
  state_hash bytea primary key,
  browser_hash bytea not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  provider_id uuid not null references identity_provider (id) on delete cascade,
  return_to text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sso_attempt_provider on sso_attempt (provider_id);
create index sso_attempt_expires on sso_attempt (expires_at);

-- The mail server of a workspace. Its password is in `secret`.
create table mail_server (
  workspace_id uuid primary key references workspace (id) on delete cascade,
  settings jsonb not null,
  updated_at timestamptz not null default now()
);

-- Invitations on their way by mail. The link's token is in `secret`, until it was sent or is sent no more.
create table invitation_mail (
  invitation_id uuid primary key references invitation (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  tries integer not null default 0,
  -- Null when nothing more is tried: it was sent, or refused for good.
  next_try_at timestamptz default now(),
  sent_at timestamptz,
  -- Why the last try failed.
  reason text,
  created_at timestamptz not null default now()
);
create index invitation_mail_workspace on invitation_mail (workspace_id);
create index invitation_mail_due on invitation_mail (next_try_at) where next_try_at is not null;

-- All rows satisfy it already: it is wider than the one before.
alter table secret drop constraint secret_owner_kind_check;
alter table secret add constraint secret_owner_kind_check
  check (owner_kind in ('connector', 'bot', 'identity-provider', 'mail-server', 'invitation')) not valid;

do $$
declare name text;
begin
  foreach name in array array['identity_provider', 'sso_attempt', 'mail_server', 'invitation_mail'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I using (is_visible(workspace_id)) with check (is_visible(workspace_id))', name);
  end loop;
end $$;
