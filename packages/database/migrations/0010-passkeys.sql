-- Passkeys prove a person, and belong to no workspace. Only public keys are kept: whoever reads this table can sign nothing.
create table passkey (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id) on delete cascade,
  name text not null,
  credential_id bytea not null,
  -- COSE, as the authenticator gave it.
  public_key bytea not null,
  -- The host it was made at (the relying party's id): it signs for no other.
  host text not null,
  -- How often it has signed, as it says itself; some always say 0.
  sign_count bigint not null,
  -- How a browser reaches it, to ask for it where it is.
  transports text[] not null,
  device text not null check (device in ('single-device', 'multi-device')),
  is_backed_up boolean not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  constraint passkey_credential unique (credential_id)
);
create index passkey_person on passkey (person_id, created_at);

-- What a passkey is asked to sign, once. Only the SHA-256 of its 256 random bits is kept.
create table passkey_challenge (
  challenge_hash bytea primary key,
  purpose text not null check (purpose in ('add', 'sign-in', 'second-step')),
  -- Whose passkey is to sign it; null when it is whoever signs in.
  person_id uuid references person (id) on delete cascade,
  -- Where the browser was when it asked. What was signed elsewhere is refused.
  origin text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index passkey_challenge_expiry on passkey_challenge (expires_at);
create index passkey_challenge_person on passkey_challenge (person_id);

-- Of whom a second factor is required, and since when it is of them; who has none is given time from the latest of these on.
alter table workspace add column second_factor_required_of text not null default 'owners';
-- squawk-ignore constraint-missing-not-valid -- a workspace is a row
alter table workspace add constraint workspace_second_factor
  check (second_factor_required_of in ('owners', 'everyone', 'nobody'));
alter table workspace add column second_factor_required_since timestamptz not null default now();
alter table membership add column role_since timestamptz not null default now();
