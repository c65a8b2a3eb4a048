-- From where a change was asked for (address, program, request), and on whose behalf; null for what nobody asked for.
alter table event add column origin jsonb;
alter table event add column on_behalf_of jsonb;

-- The audit trail is sealed: each row signs the next events of one workspace, in their order, and the seal before it.
-- `last_xid` and `last_id` are the place the sealing has reached; a number, since in a restored copy it means nothing
-- and must not pass for one of this database's transactions. `epoch` is the copy that sealed.
create table audit_seal (
  workspace_id uuid not null references workspace (id) on delete cascade,
  number bigint not null,
  at timestamptz not null,
  epoch integer not null,
  last_xid bigint not null,
  last_id bigint not null,
  event_ids bigint[] not null,
  -- SHA-256 of each event in its canonical form, 32 bytes each, in the order of `event_ids`.
  event_hashes bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  key_id text not null,
  signature bytea not null,
  -- Two that seal at once cannot both have the next number: the chain does not fork.
  primary key (workspace_id, number)
);
create index audit_seal_reached on audit_seal (epoch, last_xid, last_id);

alter table audit_seal enable row level security;
alter table audit_seal force row level security;
create policy tenant on audit_seal using (is_visible(workspace_id)) with check (is_visible(workspace_id));

-- What was recorded stays as it is. Rows go only where a transaction says that this is its task: retention, and a restore.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' and current_setting('clawster.retention', true) = 'on' then return old; end if;
  raise exception 'The audit trail is only ever added to' using errcode = 'insufficient_privilege';
end $$;

do $$
declare name text;
begin
  foreach name in array array['event', 'audit_seal'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function refuse_rewriting()', name);
    execute format('create trigger append_only_all before truncate on %I for each statement execute function refuse_rewriting()', name);
  end loop;
end $$;
