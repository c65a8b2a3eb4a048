import type { BotPhase } from '@clawster/contract/bot';
import { Rights, type Team, type TeamDetail, TeamLimits, type TeamMember } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { currentPhase } from '../bot/bot.queries.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Teams of the transaction's workspace that were not disbanded, with what is open. */
export function selectTeams(tx: Tx) {
  const openWhere = (state: string) => sql<number>`(select count(*)::int from delegation
    where delegation.team_id = team.id and delegation.ended_at is null ${sql.raw(state)})`;
  return tx
    .selectFrom('team')
    .select([
      'id',
      'name',
      'charter',
      'leadId',
      'limits',
      'channelRights',
      'approvalsByAnother',
      'rulesVersion',
      'version',
    ])
    .select(['createdAt', 'updatedAt'])
    .select([
      sql<number>`(select count(*)::int from team_member where team_member.team_id = team.id)`.as('memberCount'),
      openWhere('').as('open'),
      openWhere(`and delegation.state = 'held'`).as('held'),
      sql<number>`(select count(*)::int from goal where goal.team_id = team.id and goal.ended_at is null)`.as('goals'),
    ])
    .where('deletedAt', 'is', null)
    .where(isVisible('team'));
}
export type TeamRow = Awaited<ReturnType<ReturnType<typeof selectTeams>['executeTakeFirstOrThrow']>>;

/** Members of these teams, the leads first; with `leads` nobody else. */
export async function readMembers(
  tx: Tx,
  teamIds: readonly string[],
  { leads = false }: { leads?: boolean } = {},
): Promise<(TeamMember & { teamId: string })[]> {
  const openIn = (...states: string[]) => sql<number>`(select count(*)::int from delegation
    where delegation.to_bot_id = team_member.bot_id and delegation.ended_at is null
      and delegation.state in (${sql.join(states)}))`;
  const isLead = sql<boolean>`team.lead_id = team_member.bot_id`;
  const rows = await tx
    .selectFrom('teamMember')
    .innerJoin('team', 'team.id', 'teamMember.teamId')
    .innerJoin('bot', 'bot.id', 'teamMember.botId')
    .leftJoin('link', 'link.botId', 'bot.id')
    .select(['teamMember.teamId', 'teamMember.botId', 'bot.name as botName', 'title', 'capabilities', 'mayDelegate'])
    .select([
      isLead.as('isLead'),
      currentPhase.as('phase'),
      openIn('delivered', 'working').as('working'),
      openIn('requested', 'held', 'approved').as('waiting'),
    ])
    .where(sql<boolean>`team.id = any(${teamIds}::uuid[])`)
    .where(leads ? isLead : sql<boolean>`true`)
    .orderBy(isLead, 'desc')
    .orderBy(sql`lower(bot.name)`)
    .execute();
  return rows.map((row) => ({
    ...row,
    phase: row.phase as BotPhase,
    mayDelegate: row.mayDelegate || row.isLead,
  }));
}

/** Refuses when there is no such team. */
export async function getTeam(tx: Tx, teamId: string): Promise<TeamDetail> {
  const row = await selectTeams(tx).where('id', '=', teamId).executeTakeFirst();
  if (!row) throw noTeam();
  const members = await readMembers(tx, [teamId]);
  const [lead] = members;
  // Whoever reaches the team reaches its lead.
  if (!lead?.isLead) throw noTeam();
  return { ...toTeam(row, lead), members };
}

/** Refuses when there is no such team. */
export async function refuseNoTeam(tx: Tx, teamId: string): Promise<void> {
  if (!(await isTeam(tx, teamId))) throw noTeam();
}

/** Whether there is such a team, which was not disbanded. */
export async function isTeam(tx: Tx, teamId: string): Promise<boolean> {
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('id', '=', teamId)
    .where('deletedAt', 'is', null)
    .where(isVisible('team'))
    .executeTakeFirst();
  return team !== undefined;
}

/** The team's row, locked for the change at hand; refuses when there is none, or when it is no longer at this version. */
export async function lockTeam(tx: Tx, teamId: string, version?: number) {
  const row = await tx
    .selectFrom('team')
    .selectAll()
    .where('id', '=', teamId)
    .where('deletedAt', 'is', null)
    .where(isVisible('team'))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw noTeam();
  if (version !== undefined && row.version !== version)
    throw new Refusal('conflict', 'The team was changed meanwhile: load it again, and look at what is new');
  return row;
}

export function noTeam(): Refusal {
  return new Refusal('not-found', 'There is no such team in this workspace');
}

export function toTeam(stored: TeamRow, lead: TeamMember): Team {
  const { leadId: _, ...row } = stored;
  return {
    ...row,
    lead,
    limits: TeamLimits.parse(row.limits),
    channelRights: Rights.parse(row.channelRights),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
