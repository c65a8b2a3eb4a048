import type { StoredTeam } from '@clawster/domain/team/team-of';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** The teams of a workspace, as the bots' configurations are made of them. */
export async function readTeams(tx: Tx, workspaceId: string): Promise<StoredTeam[]> {
  const rows = await tx
    .selectFrom('team')
    .innerJoin('teamMember', 'teamMember.teamId', 'team.id')
    .innerJoin('bot', 'bot.id', 'teamMember.botId')
    .select(['team.id', 'team.name', 'charter', 'leadId', 'botId', 'bot.name as botName'])
    .select(['title', 'capabilities', 'mayDelegate'])
    .where('team.workspaceId', '=', workspaceId)
    .orderBy(sql`lower(bot.name)`)
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].map((members) => {
    const { id, name, charter, leadId } = members[0] as (typeof rows)[number];
    return { id, name, charter, leadId, members };
  });
}
