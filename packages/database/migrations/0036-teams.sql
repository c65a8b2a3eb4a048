-- Bots that work together. A bot is in one team at most.
create table team (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  charter text not null,
  lead_id uuid not null references bot (id),
  limits jsonb not null,
  -- What people on channels may set going.
  channel_rights jsonb not null,
  rules_version integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Disbanded: nobody is in it any more, and what it did can still be read.
  deleted_at timestamptz
);
create unique index team_name on team (workspace_id, lower(name)) where deleted_at is null;
create index team_lead on team (lead_id);

create table team_member (
  bot_id uuid primary key references bot (id) on delete cascade,
  team_id uuid not null references team (id) on delete cascade,
  workspace_id uuid not null references workspace (id) on delete cascade,
  title text not null,
  capabilities text[] not null,
  may_delegate boolean not null,
  joined_at timestamptz not null default now()
);
create index team_member_team on team_member (team_id);

-- Every version there was; none is ever changed.
create table team_rules (
  team_id uuid not null references team (id) on delete cascade,
  version integer not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  rules jsonb not null,
  note text not null,
  author text not null,
  at timestamptz not null default now(),
  primary key (team_id, version)
);

-- In whose name a conversation is held, as the least of all who took part: what it delegates carries no more.
create table session_origin (
  bot_id uuid not null references bot (id) on delete cascade,
  session text not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('person', 'channel', 'goal')),
  -- The last person who wrote.
  person_id uuid,
  -- Everybody who wrote may direct the team.
  may_direct boolean not null,
  -- Something that people outside wrote is in it.
  untrusted boolean not null,
  updated_at timestamptz not null default now(),
  primary key (bot_id, session)
);

create table goal (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  team_id uuid not null references team (id) on delete cascade,
  title text not null,
  text text not null,
  measure text not null,
  due_on date,
  state text not null check (state in ('planning', 'proposed', 'active', 'paused', 'done', 'failed', 'cancelled')),
  reason text not null default '',
  set_by jsonb not null,
  -- What whoever set it may ask for: all that comes of it carries no more.
  rights jsonb not null,
  -- The plan that waits for a person.
  proposed jsonb,
  result text,
  trace_id text not null,
  -- What of it was brought before whom, and when, so that it is once.
  told jsonb not null default '[]',
  looked_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ended_at timestamptz
);
create index goal_team on goal (team_id, created_at desc);
create index goal_open on goal (looked_at) where ended_at is null;

-- Each time a lead was woken for a goal without anybody asking: a paid turn.
create table goal_wake (
  goal_id uuid not null references goal (id) on delete cascade,
  at timestamptz not null default now(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  team_id uuid not null references team (id) on delete cascade,
  why text not null,
  primary key (goal_id, at)
);
create index goal_wake_team on goal_wake (team_id, at);

create table milestone (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  goal_id uuid not null references goal (id) on delete cascade,
  title text not null,
  due_on date,
  position integer not null
);
create index milestone_goal on milestone (goal_id, position);

create table task (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  goal_id uuid not null references goal (id) on delete cascade,
  milestone_id uuid not null references milestone (id) on delete cascade,
  -- Its name within the plan.
  key text not null,
  title text not null,
  text text not null,
  capability text,
  assignee_id uuid references bot (id) on delete set null,
  -- Keys of the tasks it waits for.
  after text[] not null,
  due_on date,
  state text not null check (state in ('planned', 'ready', 'open', 'blocked', 'done', 'failed', 'cancelled')),
  reason text not null default '',
  delegation_id uuid,
  result text,
  position integer not null,
  updated_at timestamptz not null default now()
);
create unique index task_key on task (goal_id, key);
create index task_milestone on task (milestone_id, position);
create index task_assignee on task (assignee_id);

-- What one bot was asked to do for another, or for a person. Rows outlive bots, so that a trace stays whole.
create table delegation (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  team_id uuid not null references team (id) on delete cascade,
  -- The same asked again while the first is not over, or its result was not taken, is the first.
  ask_key text not null,
  task_id uuid,
  goal_id uuid,
  parent_id uuid,
  root_id uuid not null,
  trace_id text not null,
  hops integer not null,
  -- bot: by a tool of the team's. person: by one who is signed in. goal: by a plan, or by Clawster for it.
  from_kind text not null check (from_kind in ('bot', 'person', 'goal')),
  from_bot_id uuid,
  from_name text not null,
  -- The conversation it was asked in, and is told in.
  from_session text,
  to_bot_id uuid,
  to_name text,
  -- Who may do it, by the rule that decided, where a capability is asked for: one of them is chosen when it is given out.
  candidates uuid[] not null default '{}',
  capability text,
  task_type text,
  title text not null,
  text text not null,
  -- What it is decided about, by its SHA-256: an approval holds for nothing else.
  content_hash text not null,
  origin jsonb not null,
  rights jsonb not null,
  untrusted boolean not null,
  -- Of the context, as it was given: key, version, text, untrusted.
  shared jsonb not null default '[]',
  share jsonb not null default '{}',
  state text not null check (state in
    ('requested', 'held', 'approved', 'delivered', 'working', 'refused', 'done', 'failed', 'cancelled', 'expired')),
  reason text not null default '',
  rule_id text,
  rules_version integer not null,
  attempt integer not null default 0,
  attempts_max integer not null default 1,
  -- This attempt was given to its bot, which may have it though it has not said so: it is given to no other.
  is_assigned boolean not null default false,
  usd_max numeric,
  progress jsonb,
  result text,
  artefacts jsonb not null default '[]',
  -- When somebody looks at it next; null: nothing is to be done about it.
  due_at timestamptz,
  deadline_at timestamptz not null,
  -- A turn of it may still run at its bot, which must be ended.
  must_cancel boolean not null default false,
  -- Whoever asked has the result, or was told.
  taken_at timestamptz,
  -- Rises with every step, so that an old worker's is void.
  version integer not null default 1,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
);
create unique index delegation_ask on delegation (team_id, ask_key)
  where taken_at is null and state not in ('refused', 'failed', 'cancelled', 'expired');
create index delegation_team on delegation (team_id, requested_at desc);
create index delegation_workspace on delegation (workspace_id, requested_at desc);
create index delegation_due on delegation (due_at) where due_at is not null;
create index delegation_root on delegation (root_id);
create index delegation_parent on delegation (parent_id) where parent_id is not null;
create index delegation_trace on delegation (trace_id);
create index delegation_task on delegation (task_id) where task_id is not null;
create index delegation_goal on delegation (goal_id) where goal_id is not null;
create index delegation_to on delegation (to_bot_id, requested_at desc);
create index delegation_from on delegation (from_bot_id, requested_at desc) where from_bot_id is not null;
create index delegation_open on delegation (to_bot_id) where ended_at is null;
create index delegation_open_team on delegation (team_id) where ended_at is null;
create index delegation_rule on delegation (team_id, rule_id, requested_at) where rule_id is not null;

-- Turns that tell bots of what they wait for; those of one conversation that wait together are one turn.
create table bot_tell (
  bot_id uuid not null references bot (id) on delete cascade,
  -- What it tells of: once.
  id text not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  session text not null,
  message text not null,
  -- The delegation whose result it tells.
  delegation_id uuid,
  -- The turn it became part of: told again, it is the same.
  batch uuid,
  tries integer not null default 0,
  due_at timestamptz not null default now(),
  at timestamptz not null default now(),
  primary key (bot_id, id)
);
create index bot_tell_due on bot_tell (due_at);
create index bot_tell_delegation on bot_tell (delegation_id) where delegation_id is not null;

-- Calls of the team's tools, each carried out once: what is asked again is given what came of it.
create table team_call (
  bot_id uuid not null,
  call_id text not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  answer jsonb,
  -- The delegation or inbox item its answer is to come of.
  waits_for uuid,
  until timestamptz,
  at timestamptz not null default now(),
  primary key (bot_id, call_id)
);
create index team_call_waits on team_call (waits_for) where waits_for is not null;
create index team_call_at on team_call (at);

-- What a team knows, in all its versions; the one with the highest number holds.
create table context_entry (
  team_id uuid not null references team (id) on delete cascade,
  key text not null,
  version integer not null,
  workspace_id uuid not null references workspace (id) on delete cascade,
  -- Null: there is nothing any more.
  text text,
  author jsonb not null,
  trace_id text,
  visibility jsonb not null,
  untrusted boolean not null,
  expires_at timestamptz,
  is_latest boolean not null,
  at timestamptz not null default now(),
  words tsvector generated always as (to_tsvector('simple', key || ' ' || coalesce(text, ''))) stored,
  primary key (team_id, key, version)
);
create unique index context_entry_latest on context_entry (team_id, key) where is_latest;
create index context_entry_words on context_entry using gin (words) where is_latest;

-- What waits for a person, and how it was decided.
create table inbox_item (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  kind text not null check (kind in ('delegation', 'plan', 'question', 'stall', 'tool', 'budget')),
  state text not null default 'open' check (state in ('open', 'approved', 'refused', 'answered', 'expired', 'withdrawn')),
  title text not null,
  team_id uuid references team (id) on delete cascade,
  bot_id uuid references bot (id) on delete cascade,
  -- What it is about. Of one thing one item is open.
  subject text not null,
  subject_id uuid,
  trace_id text,
  -- The bot's conversation that waits for it.
  session text,
  content jsonb not null,
  content_hash text not null,
  decisions text[] not null,
  choices text[] not null default '{}',
  is_question boolean not null default false,
  -- Who asked for it, where it was a person: nobody approves their own asking.
  asked_by uuid,
  assignee_id uuid references person (id) on delete set null,
  answer text,
  reason text,
  decided_by jsonb,
  decided_at timestamptz,
  -- It is over, and what waits for it has not heard of it yet.
  is_settled boolean not null default false,
  expires_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index inbox_item_open on inbox_item (workspace_id, kind, subject) where state = 'open';
create index inbox_item_state on inbox_item (workspace_id, state, created_at desc);
create index inbox_item_expires on inbox_item (expires_at) where state = 'open';
create index inbox_item_unsettled on inbox_item (decided_at) where state <> 'open' and not is_settled;
create index inbox_item_team on inbox_item (team_id);
create index inbox_item_bot on inbox_item (bot_id);
create index inbox_item_assignee on inbox_item (assignee_id);

create table notifier (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  name text not null,
  kind text not null check (kind in ('slack', 'mail', 'webhook')),
  person_id uuid not null references person (id) on delete cascade,
  team_id uuid references team (id) on delete cascade,
  -- Of its address; the rest of that is a secret.
  host text,
  inbox_kinds text[] not null,
  enabled boolean not null default true,
  sent_at timestamptz,
  trouble text,
  created_at timestamptz not null default now()
);
create unique index notifier_name on notifier (workspace_id, lower(name));
create index notifier_person on notifier (person_id);
create index notifier_team on notifier (team_id);

-- What is told to whom of an item, with a link that decides it once.
create table inbox_notice (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references workspace (id) on delete cascade,
  item_id uuid not null references inbox_item (id) on delete cascade,
  -- Null: by mail to the person, who was given the item and has no notifier.
  notifier_id uuid references notifier (id) on delete cascade,
  -- In whose name its link decides.
  person_id uuid not null references person (id) on delete cascade,
  token_hash bytea,
  -- When the link was made: one that is tried anew takes the place of the one before.
  linked_at timestamptz,
  sent_at timestamptz,
  used_at timestamptz,
  tries integer not null default 0,
  -- Null: it was sent, or is not tried any more.
  next_try_at timestamptz default now(),
  trouble text
);
create unique index inbox_notice_notifier on inbox_notice (notifier_id, item_id) where notifier_id is not null;
create unique index inbox_notice_person on inbox_notice (person_id, item_id) where notifier_id is null;
create index inbox_notice_item on inbox_notice (item_id);
create index inbox_notice_due on inbox_notice (next_try_at) where next_try_at is not null;
create unique index inbox_notice_token on inbox_notice (token_hash) where token_hash is not null;

-- A notifier's address and what signs it are sealed as all secrets are.
alter table secret drop constraint secret_owner_kind_check;
alter table secret add constraint secret_owner_kind_check check (owner_kind in
  ('connector', 'bot', 'identity-provider', 'mail-server', 'invitation', 'named-secret', 'notifier')) not valid;

do $$
declare name text;
begin
  foreach name in array array['team', 'team_member', 'team_rules', 'session_origin', 'goal', 'goal_wake', 'milestone', 'task', 'delegation',
    'team_call', 'bot_tell', 'context_entry', 'inbox_item', 'notifier', 'inbox_notice'] loop
    perform wall_off(name);
  end loop;
end $$;

-- Whoever reaches some bots only sees of teams what is of those bots.
create policy reach on team as restrictive using ((select is_unlimited()) or lead_id in (select id from bot));
create policy reach on team_member as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));
create policy reach on session_origin as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));
create policy reach on bot_tell as restrictive using ((select is_unlimited()) or bot_id in (select id from bot));
create policy reach on task as restrictive
  using ((select is_unlimited()) or assignee_id is null or assignee_id in (select id from bot));
create policy reach on inbox_item as restrictive
  using ((select is_unlimited()) or bot_id is null or bot_id in (select id from bot));
