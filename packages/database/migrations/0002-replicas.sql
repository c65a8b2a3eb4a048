-- The processes that serve this installation. One that was not seen for 15 s is dead: its row is ignored, then deleted.
create table replica (
  id text primary key,
  -- Where other replicas reach it, e.g. http://10.0.0.7:4500.
  internal_url text not null,
  started_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now()
);

-- Keys of the installation itself, wrapped by the key-encryption key named in `kek_id`.
create table installation_key (
  purpose text primary key,
  kek_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);

-- Attempts to sign in, counted for all replicas together. The columns, and their order, are those of rate-limiter-flexible.
-- Unlogged: a crash of PostgreSQL forgives them, and guessing costs no write-ahead log.
create unlogged table sign_in_attempt (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
