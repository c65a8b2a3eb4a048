-- Where a secret is kept outside of Clawster; null: here. The value that was read last is kept sealed as any other, so that
-- bots start while the store is away.
alter table named_secret add column source jsonb;
-- When it was last read, and why it could not be the last time.
alter table named_secret add column source_read_at timestamptz;
alter table named_secret add column source_trouble text;
alter table named_secret add column source_failures integer not null default 0;
-- When it is looked at next.
alter table named_secret add column source_due_at timestamptz;
-- The version in the store that was undone or revoked here: not followed again.
alter table named_secret add column source_declined text;
-- Small: there are as many rows as secrets, and writing them is rare.
-- squawk-ignore require-concurrent-index-creation
create index named_secret_source_due on named_secret (source_due_at) where source is not null and deleted_at is null;

-- Which version of the store's it was; null: it was given here.
alter table named_secret_version add column external_version text;
