import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { TeamDetail } from '@clawster/contract/team';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { raiseVersion } from './raise-version.ts';
import { changeMembers } from './change-members.ts';
import { insertMembers } from './insert-members.ts';
import { getTeam, lockTeam } from './team.queries.ts';

/** Takes a bot into a team, or changes what it is there. */
export const setMember = command(api.teams.setMember, placeMember);

/** The same within a change of more than this. */
export async function placeMember(
  context: CommandContext,
  { teamId, ...place }: ParsedInputOf<typeof api.teams.setMember>,
): Promise<TeamDetail> {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const team = await lockTeam(tx, teamId);
  await changeMembers(context, team, async () => {
    await insertMembers(tx, team, [place]);
    await raiseVersion(tx, teamId);
  });
  const after = await getTeam(tx, teamId);
  const { title, capabilities, mayDelegate } = place;
  await record({
    type: 'team-member-set',
    subjectId: place.botId,
    subjectName: after.members.find(({ botId }) => botId === place.botId)?.botName ?? '',
    detail: { team: team.name, teamId, title, capabilities, mayDelegate },
  });
  return after;
}
