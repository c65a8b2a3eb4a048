-- The order spans were stored in, for whoever follows them: a transaction's number comes first, since a span's own is given
-- out before its commit. Spans of before have none and are followed by nobody.
alter table span add column stored_xid xid8;
alter table span add column stored_number bigint;
create sequence span_stored_number cache 50 owned by span.stored_number;
alter table span alter column stored_xid set default pg_current_xact_id();
alter table span alter column stored_number set default nextval('span_stored_number');
-- Quick: no span has a number yet.
-- squawk-ignore require-concurrent-index-creation
create index span_stored on span (workspace_id, stored_xid, stored_number) where stored_number is not null;

-- Another tool that a workspace's spans and figures are sent to over OTLP/HTTP. Its headers are a secret with a name.
create table exporter (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  endpoint text not null,
  traces boolean not null,
  metrics boolean not null,
  -- Whether what was said goes along, where it is kept.
  with_text boolean not null,
  -- Of a hundred traces so many are sent.
  percent numeric not null check (percent > 0 and percent <= 100),
  created_at timestamptz not null default now(),
  -- The last span that was taken, or passed over; what was stored before it was set up is not sent.
  sent_xid xid8 not null default pg_current_xact_id(),
  sent_number bigint not null default 0,
  sent_at timestamptz,
  sent_spans bigint not null default 0,
  -- Spans the other side said it does not take.
  rejected_spans bigint not null default 0,
  metrics_due_at timestamptz not null default now(),
  -- Why the last try failed; null when it did not.
  trouble text,
  failures integer not null default 0,
  next_try_at timestamptz not null default now(),
  -- It failed too often, and waits for somebody to start it again.
  stopped_at timestamptz
);
create unique index exporter_name on exporter (workspace_id, lower(name));
create index exporter_due on exporter (next_try_at) where stopped_at is null;

-- A link to another tool, of which the dashboard fills in what it is looking at.
create table link_out (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  url text not null,
  created_at timestamptz not null default now()
);
create unique index link_out_name on link_out (workspace_id, lower(name));

do $$
declare name text;
begin
  foreach name in array array['exporter', 'link_out'] loop
    perform wall_off(name);
  end loop;
end $$;

alter table secret_use drop constraint secret_use_owner_kind_check;
alter table secret_use add constraint secret_use_owner_kind_check
  check (owner_kind in ('connector', 'channel', 'exporter')) not valid;
