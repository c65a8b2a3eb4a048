import { TeamRules } from '@clawster/contract/team-rule';
import { Rights, TeamLimits } from '@clawster/contract/team';
import type { Candidate } from '@clawster/domain/delegation/candidates';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { noTeam } from '../team/team.queries.ts';
import type { Tx } from '../transaction.ts';
import type { AskedTeam } from './ask.ts';

/** Whether a bot, joined to its link, can be given something now: it is wanted to run, runs, and is held by a replica. */
export const isUp = sql<boolean>`(bot.spec->>'desired' = 'running' and bot.phase in ('ready', 'degraded')
  and link.replica is not null)`;
/** Whether a delegation keeps its bot busy. */
export const keepsBusy = sql<boolean>`(delegation.ended_at is null and delegation.is_assigned)`;

/** A team as it is asked in; refuses when there is none, or when it was disbanded. */
export async function askedTeam(tx: Tx, teamId: string): Promise<AskedTeam> {
  const row = await tx
    .selectFrom('team')
    .select(['id', 'limits', 'channelRights', 'leadId', 'rulesVersion'])
    .where('id', '=', teamId)
    .where('deletedAt', 'is', null)
    .where(isVisible('team'))
    .executeTakeFirst();
  if (!row) throw noTeam();
  return { ...row, limits: TeamLimits.parse(row.limits), channelRights: Rights.parse(row.channelRights) };
}

/** The bots of a team with how busy each is. */
export async function readMembers(tx: Tx, team: Pick<AskedTeam, 'id' | 'leadId'>): Promise<Candidate[]> {
  const { rows } = await sql<Candidate & { idleSince: Date | null }>`
    select member.bot_id as "botId", bot.name, member.bot_id = ${team.leadId}::uuid as "isLead", member.capabilities,
      coalesce(${isUp}, false) as "isUp", load.working, idle.since as "idleSince"
    from team_member as member join bot on bot.id = member.bot_id left join link on link.bot_id = bot.id
      cross join lateral (select count(*)::int as working from delegation where to_bot_id = bot.id and ${keepsBusy}) as load
      left join lateral (select ended_at as since from delegation where to_bot_id = bot.id
        order by requested_at desc limit 1) as idle on true
    where member.team_id = ${team.id}::uuid`.execute(tx);
  return rows.map(({ idleSince, ...row }) => ({ ...row, ...(idleSince ? { idleSince } : {}) }));
}

/** A version never changes once it is written, and who writes one asks for nothing by it in the same transaction. */
const known = new Map<string, TeamRules>();
const knownMax = 1_000;

/** The rules of a team as they are. */
export async function readRules(
  tx: Tx,
  { id, rulesVersion }: Pick<AskedTeam, 'id' | 'rulesVersion'>,
): Promise<TeamRules> {
  if (rulesVersion === 0) return [];
  const name = `${id} ${rulesVersion}`;
  const before = known.get(name);
  if (before) return before;
  const row = await tx
    .selectFrom('teamRules')
    .select('rules')
    .where('teamId', '=', id)
    .where('version', '=', rulesVersion)
    .executeTakeFirstOrThrow();
  const rules = TeamRules.parse(row.rules);
  if (known.size >= knownMax) known.clear();
  known.set(name, rules);
  return rules;
}
