-- A way to choose a new passphrase without the one there was: one for each person, the newest. Of the link only the SHA-256
-- of its 256 random bits is kept. It belongs to the person and to no workspace, as the account does.
create table password_reset (
  person_id uuid primary key references person (id) on delete cascade,
  token_hash bytea not null unique,
  made_by text not null check (made_by in ('mail', 'owner', 'machine')),
  -- The owner who handed it out: it is good for no longer than they are one.
  owner_id uuid references person (id) on delete cascade,
  -- To which workspaces the person belonged, in order: it opens nothing that was not thought of. Null: of the machine itself, for all.
  workspace_ids text[],
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index password_reset_owner on password_reset (owner_id) where owner_id is not null;

-- Mails about an account. Whose an address is that somebody typed is found out by the loop, so that the answer's time tells nothing.
create table account_mail (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('reset', 'password-changed')),
  email text not null,
  -- From where it was asked for.
  origin jsonb not null,
  tries integer not null default 0,
  next_try_at timestamptz not null default now(),
  -- Why the last try failed.
  reason text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index account_mail_due on account_mail (next_try_at);
create index account_mail_email on account_mail (lower(email));

-- What who set a mail server could do then: it carries no link to the account of someone who may do more. Null: set before this
-- version, it carries none until it is saved again.
alter table mail_server add column set_by_permissions text[];

-- Who began an operation, and by which permission: it stops when that is lost. Null: begun before this version.
alter table operation add column begun_by jsonb;
alter table operation add column permission text;
-- Why it was asked to stop by nobody: whoever began it may no longer.
alter table operation add column stop_reason text;
