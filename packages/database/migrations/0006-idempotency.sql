-- What a caller asked under a key of its own, and the answer it got: asked again within a day, it is answered and not
-- done again. The answer, and what was asked, are one envelope under the workspace's data key: an answer may hold an
-- API key, a request a passphrase.
create table idempotency (
  workspace_id uuid not null references workspace (id) on delete cascade,
  caller_id uuid not null,
  key text not null,
  kek_id text not null,
  nonce bytea not null,
  ciphertext bytea not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, caller_id, key)
);
create index idempotency_created on idempotency (created_at);
alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy tenant on idempotency using (is_visible(workspace_id)) with check (is_visible(workspace_id));
