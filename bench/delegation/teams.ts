import { RuleAction } from '@clawster/contract/team-rule';
import { TeamLimits } from '@clawster/contract/team';
import type pg from 'pg';

/** The chat in which a lead asks, in the name of somebody who may direct the team. */
export const chat = 'agent:main:clawster:main';
const rules = [
  {
    id: 'passwords',
    name: 'Passwords',
    enabled: true,
    when: { text: { contains: ['password'] } },
    action: { do: 'refuse', reason: 'No' },
  },
  { id: 'lead', name: 'Lead', enabled: true, when: { from: ['@lead'] }, action: RuleAction.parse({ do: 'allow' }) },
];
const limits = TeamLimits.parse({ openTasks: 1_000, tasksPerMember: 20, fanOut: 50 });

/** Puts bots into teams of this size, the first of each its lead, with rules, and tasks that their members work at; returns the leads with a member each. */
export async function insertTeams(
  database: pg.Pool,
  { botIds, size, openTasks }: { botIds: string[]; size: number; openTasks: number },
): Promise<{ leadId: string; memberName: string }[]> {
  const teams = Math.floor(botIds.length / size);
  const { rows } = await database.query<{ leadId: string; memberName: string }>(
    `with place as (select id, name, workspace_id, (number - 1) / $2::int as team, (number - 1) % $2::int as at
        from bot join unnest($1::uuid[]) with ordinality as given (id, number) using (id) where number <= $2::int * $3::int),
      made as (insert into team (id, workspace_id, name, charter, lead_id, limits, channel_rights, rules_version)
        select gen_random_uuid(), workspace_id, 'Team ' || team, '', id, $4, '{"capabilities": [], "tools": []}', 1
        from place where at = 0 returning id, lead_id, workspace_id),
      joined as (select place.*, made.id as team_id from place join place as lead on lead.team = place.team and lead.at = 0
        join made on made.lead_id = lead.id),
      members as (insert into team_member (bot_id, team_id, workspace_id, title, capabilities, may_delegate)
        select id, team_id, workspace_id, '', '{work}', at = 0 from joined),
      ruled as (insert into team_rules (team_id, version, workspace_id, rules, note, author)
        select id, 1, workspace_id, $5, '', 'bench' from made),
      chats as (insert into session_origin (bot_id, session, workspace_id, kind, may_direct, untrusted)
        select lead_id, $6, workspace_id, 'person', true, false from made),
      open as (insert into delegation (id, workspace_id, team_id, ask_key, root_id, trace_id, hops, from_kind, from_bot_id, from_name,
          to_bot_id, to_name, title, text, content_hash, origin, rights, untrusted, state, is_assigned, rules_version, attempt,
          deadline_at, due_at)
        select gen_random_uuid(), workspace_id, team_id, gen_random_uuid()::text, gen_random_uuid(), 'open', 1, 'bot', null, 'Lead',
          id, name, 'Open', 'Something', '', '{"kind": "person"}', '{"capabilities": "all", "tools": "all"}', false, 'working', true, 1,
          1, now() + interval '1 day', now() + interval '1 day'
        from joined, generate_series(1, $7::int) where at > 0)
    select lead.id as "leadId", member.name as "memberName" from joined as lead join joined as member
      on member.team = lead.team and member.at = 1 where lead.at = 0`,
    [
      botIds,
      size,
      teams,
      JSON.stringify(limits),
      JSON.stringify(rules),
      chat,
      Math.floor(openTasks / (teams * (size - 1))),
    ],
  );
  await database.query('analyze');
  return rows;
}
