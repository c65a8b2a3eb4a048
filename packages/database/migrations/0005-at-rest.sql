-- Bots that need nothing are due at 'infinity'. The replicas that reconcile look at all of them every so often, each at
-- its share, and write nothing: see control-plane/reconcile/resting-bots.ts.
alter table replica add column reconciles boolean not null default false;
-- Some ten thousand short rows are read once, and none is in the index yet: milliseconds.
-- squawk-ignore require-concurrent-index-creation
create index bot_at_rest on bot (id) where reconcile_at = 'infinity' and removed_at is null;
