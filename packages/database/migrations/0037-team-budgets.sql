-- A budget may be of a team: of whoever is in it.
-- Not validated: every row is null.
alter table budget add column team_id uuid;
alter table budget add constraint budget_team_id_fkey
  foreign key (team_id) references team (id) on delete cascade not valid;
alter table budget add constraint budget_scope_check
  check (num_nonnulls(bot_id, selector, team_id) <= 1) not valid;
-- As many rows as there are budgets, which are few.
-- squawk-ignore require-concurrent-index-creation
create index budget_team on budget (team_id);

-- Of one bot, it is for those who reach the bot; of a team, for those who reach its lead, as the team is.
alter policy reach on budget
  using ((select is_unlimited())
    or ((bot_id is null or bot_id in (select id from bot)) and (team_id is null or team_id in (select id from team))));
