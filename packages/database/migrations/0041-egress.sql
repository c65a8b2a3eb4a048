-- When a target was last told where its bots may connect to; null: it confines none.
alter table target add column egress_kept_at timestamptz;

-- What bots were refused, by the hour.
create table egress_refusal (
  bot_id uuid not null references bot (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- host:port as it was asked for; of a bot that tries very many, the rest of the hour is "other places".
  place text not null,
  hour timestamptz not null,
  -- The last one.
  reason text not null,
  count bigint not null check (count > 0),
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (bot_id, hour, place)
);
create index egress_refusal_workspace on egress_refusal (workspace_id);
create index egress_refusal_hour on egress_refusal (hour);

do $$
begin
  perform wall_off('egress_refusal');
end $$;
create policy reach on egress_refusal as restrictive
  using ((select is_unlimited()) or bot_id in (select id from bot));
