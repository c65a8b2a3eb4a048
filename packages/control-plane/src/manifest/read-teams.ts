import type { Manifest } from '@clawster/contract/manifest';
import { Rights, TeamLimits } from '@clawster/contract/team';
import { TeamRules } from '@clawster/contract/team-rule';
import { sql } from 'kysely';
import { readTeams as storedTeams } from '../team/team-store.ts';
import type { Tx } from '../transaction.ts';

type TeamManifest = Extract<Manifest, { kind: 'Team' }>;

/** The teams of a workspace as files say them, their bots by name. */
export async function readTeams(tx: Tx, workspaceId: string): Promise<TeamManifest[]> {
  const stored = new Map((await storedTeams(tx, workspaceId)).map((team) => [team.id, team]));
  const rows = await tx
    .selectFrom('team')
    .leftJoin('teamRules', (join) =>
      join.onRef('teamRules.teamId', '=', 'team.id').onRef('teamRules.version', '=', 'team.rulesVersion'),
    )
    .select(['team.id', 'team.name', 'team.charter', 'team.leadId', 'team.limits', 'team.channelRights'])
    .select(['team.approvalsByAnother', 'rules'])
    .where('team.workspaceId', '=', workspaceId)
    .where('team.deletedAt', 'is', null)
    .orderBy(sql`lower(team.name)`)
    .execute();
  return rows.flatMap((row) => {
    const members = stored.get(row.id)?.members ?? [];
    const lead = members.find(({ botId }) => botId === row.leadId);
    if (!lead) return [];
    return [
      {
        kind: 'Team' as const,
        name: row.name,
        charter: row.charter,
        lead: placeOf(lead),
        members: members
          .filter((member) => member !== lead)
          .map((member) => ({ ...placeOf(member), mayDelegate: member.mayDelegate })),
        limits: TeamLimits.parse(row.limits),
        channelRights: Rights.parse(row.channelRights),
        approvalsByAnother: row.approvalsByAnother,
        rules: TeamRules.parse(row.rules ?? []),
      },
    ];
  });
}

function placeOf({
  botName,
  title,
  capabilities,
}: {
  botName: string;
  title: string;
  capabilities: readonly string[];
}) {
  return { bot: botName, title, capabilities: [...capabilities] };
}
