import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { TeamDetail } from '@clawster/contract/team';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { given } from '../given.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { changeMembers } from './change-members.ts';
import { getTeam, lockTeam } from './team.queries.ts';

/** Changes a team; what its bots are told of it they take over. */
export const updateTeam = command(api.teams.update, changeTeam);

/** The same within a change of more than this. */
export async function changeTeam(
  context: CommandContext,
  { teamId, baseVersion, ...changes }: ParsedInputOf<typeof api.teams.update>,
): Promise<TeamDetail> {
  const { tx, caller, record } = context;
  // In the order of whoever changes members: layers, then the team.
  await lockLayers(tx, caller.workspaceId, 'change');
  const { name } = await lockTeam(tx, teamId, baseVersion);
  const before = await getTeam(tx, teamId);
  if (changes.leadId && !before.members.some(({ botId }) => botId === changes.leadId))
    throw Refusal.at('leadId', 'refused', 'Only a member can lead: take the bot into the team first');
  const write = () =>
    unlessNameTaken('team', changes.name ?? name, () =>
      tx
        .updateTable('team')
        .set({ ...given(changes), version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
        .where('id', '=', teamId)
        .execute(),
    ).then(() => undefined);
  const isTold = changes.name ?? changes.charter ?? changes.leadId;
  if (isTold === undefined) await write();
  else await changeMembers(context, { id: teamId, name: changes.name ?? name }, write);
  const after = await getTeam(tx, teamId);
  await record({
    type: 'team-updated',
    subjectId: teamId,
    subjectName: after.name,
    detail: changesOf(toldOf(before), toldOf(after)),
  });
  return after;
}

function toldOf({ name, charter, limits, channelRights, approvalsByAnother, lead }: TeamDetail) {
  return { name, charter, limits, channelRights, approvalsByAnother, lead: lead.botName };
}
