-- One row: which installation this is, and which copy of it. A restore raises the epoch, so that hosts know the newer copy.
create table installation (
  only_one boolean primary key default true check (only_one),
  id uuid not null default gen_random_uuid(),
  epoch integer not null default 1,
  created_at timestamptz not null default now(),
  -- The highest epoch a host was found to obey instead of ours: this copy no longer acts.
  overtaken_by integer
);
insert into installation default values;

-- What a supervisor said when it refused to obey this copy, for people.
alter table link add column declined text;

-- Set by a restore on bots that ran when the backup was made: one that is not found is not started a second time.
alter table bot add column restored_at timestamptz;

-- Folders of bots this database does not know, as the target's last probe saw them.
alter table target add column orphans jsonb;
