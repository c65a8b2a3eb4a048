import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { cancelDelegations } from '../delegation/cancel-delegations.ts';
import { endGoal } from '../goal/end-goal.ts';
import { lockGoal } from '../goal/goal-row.ts';
import { withdrawItem } from '../inbox/open-item.ts';
import { changeMembers } from './change-members.ts';
import { lockTeam } from './team.queries.ts';

/** Disbands a team: what is open is cancelled, its bots stay. What it did can still be read where it is part of a trace. */
export const deleteTeam = command(api.teams.delete, removeTeam);

/** The same within a change of more than this. */
export async function removeTeam(context: CommandContext, { teamId }: ParsedInputOf<typeof api.teams.delete>) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const team = await lockTeam(tx, teamId);
  const why = `The team ${team.name} was disbanded`;
  await cancelDelegations(context, { teamId }, why);
  await endGoals(context, teamId, why);
  await withdrawItems(context, teamId, why);
  await changeMembers(context, team, async () => {
    await tx.deleteFrom('teamMember').where('teamId', '=', teamId).execute();
    await tx
      .updateTable('team')
      .set({ deletedAt: sql<Date>`now()` })
      .where('id', '=', teamId)
      .execute();
  });
  await record({ type: 'team-deleted', subjectId: teamId, subjectName: team.name });
  return {};
}

async function endGoals(context: CommandContext, teamId: string, why: string): Promise<void> {
  const open = context.tx.selectFrom('goal').select('id').where('teamId', '=', teamId).where('endedAt', 'is', null);
  for (const { id } of await open.execute())
    await endGoal(context, await lockGoal(context.tx, id), { to: 'cancelled', why });
}

async function withdrawItems(context: CommandContext, teamId: string, why: string): Promise<void> {
  const open = await context.tx
    .selectFrom('inboxItem')
    .select(['workspaceId', 'kind', 'subject'])
    .where('teamId', '=', teamId)
    .where('state', '=', 'open')
    .execute();
  for (const item of open) await withdrawItem(context, { ...item, kind: item.kind as 'plan' }, why);
}
