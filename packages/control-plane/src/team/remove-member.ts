import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { TeamDetail } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { cancelDelegations } from '../delegation/cancel-delegations.ts';
import type { Tx } from '../transaction.ts';
import { changeMembers } from './change-members.ts';
import { raiseVersion } from './raise-version.ts';
import { getTeam, lockTeam } from './team.queries.ts';

/** Takes a bot out of a team: what it works at for it, and what it asked for, is cancelled. */
export const removeMember = command(api.teams.removeMember, takeMember);

/** The same within a change of more than this. */
export async function takeMember(
  context: CommandContext,
  { teamId, botId }: ParsedInputOf<typeof api.teams.removeMember>,
): Promise<TeamDetail> {
  const { tx, caller } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const team = await lockTeam(tx, teamId);
  if (!(await placeOf(tx, botId, teamId))) throw new Refusal('not-found', 'This bot is not in the team');
  await takeOut(context, { team, botId });
  return getTeam(tx, teamId);
}

/** A bot that is to be destroyed is in no team any more; refuses while it leads one. */
export async function leaveTeam(context: CommandContext, botId: string): Promise<void> {
  const { tx, caller } = context;
  const place = await placeOf(tx, botId);
  if (!place) return;
  await lockLayers(tx, caller.workspaceId, 'change');
  await takeOut(context, { team: await lockTeam(tx, place.teamId), botId });
}

type Leaving = { team: Awaited<ReturnType<typeof lockTeam>>; botId: string };

async function takeOut(context: CommandContext, { team, botId }: Leaving): Promise<void> {
  const { tx, record } = context;
  const bot = await tx.selectFrom('bot').select('name').where('id', '=', botId).executeTakeFirstOrThrow();
  if (team.leadId === botId)
    throw new Refusal(
      'refused',
      `${bot.name} leads the team ${team.name}: let another of its bots lead first, or disband the team`,
    );
  await cancelDelegations(context, { botId }, `${bot.name} left the team ${team.name}`);
  await changeMembers(context, team, async () => {
    await tx.deleteFrom('teamMember').where('botId', '=', botId).execute();
    await raiseVersion(tx, team.id);
  });
  await record({
    type: 'team-member-removed',
    subjectId: botId,
    subjectName: bot.name,
    detail: { team: team.name, teamId: team.id },
  });
}

function placeOf(tx: Tx, botId: string, teamId?: string) {
  const places = tx.selectFrom('teamMember').select('teamId').where('botId', '=', botId);
  return (teamId ? places.where('teamId', '=', teamId) : places).executeTakeFirst();
}
