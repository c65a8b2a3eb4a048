-- Bots that lie on targets and that nobody knows, as they were found last. They take the place of target.orphans, which
-- nobody reads any more and a later version drops.
create table orphan (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  target_id uuid not null references target (id) on delete cascade,
  -- The Clawster that put it there; empty: this one.
  installation text not null,
  -- As the target has it; what another Clawster wrote may be anything.
  bot_id text not null,
  name text not null,
  runs boolean not null,
  -- Whether it is of this workspace: by its own word, or because no other has bots on this place.
  is_own boolean not null,
  since timestamptz,
  found_at timestamptz not null default now(),
  -- It is to be removed with its state.
  doomed_at timestamptz,
  trouble text,
  unique (target_id, installation, bot_id)
);
create index orphan_workspace on orphan (workspace_id);
create index orphan_doomed on orphan (doomed_at) where doomed_at is not null;

do $$
begin
  perform wall_off('orphan');
end $$;

-- Whose state an adoption copies.
alter table operation add column orphan jsonb;
alter table operation drop constraint operation_kind_check;
alter table operation add constraint operation_kind_check
  check (kind in ('backup', 'restore', 'move', 'clone', 'adoption')) not valid;
