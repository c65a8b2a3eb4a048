import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { CreateTeam, TeamDetail } from '@clawster/contract/team';
import { command, type CommandContext } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { changeMembers } from './change-members.ts';
import { insertMembers } from './insert-members.ts';
import { getTeam } from './team.queries.ts';

/** Makes a team of bots there are. They may ask each other for nothing until a rule lets them. */
export const createTeam = command(api.teams.create, makeTeam);

/** The same within a change of more than this. */
export async function makeTeam(context: CommandContext, input: CreateTeam): Promise<TeamDetail> {
  const { tx, caller, record } = context;
  const { name, charter, lead, members, limits, channelRights, approvalsByAnother } = input;
  const team = { id: randomUUID(), workspaceId: caller.workspaceId, name };
  await changeMembers(context, team, async () => {
    await unlessNameTaken('team', name, () =>
      tx
        .insertInto('team')
        .values({ ...team, charter, leadId: lead.botId, limits, channelRights, approvalsByAnother })
        .execute(),
    );
    await insertMembers(tx, team, [{ ...lead, mayDelegate: true }, ...members]);
  });
  const made = await getTeam(tx, team.id);
  await record({
    type: 'team-created',
    subjectId: team.id,
    subjectName: name,
    detail: { lead: made.lead.botName, members: made.members.map(({ botName }) => botName) },
  });
  return made;
}
