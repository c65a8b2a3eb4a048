import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { given } from '../given.ts';
import { touchGoal } from '../goal/change-goal.ts';
import { readMembers } from '../team/team.queries.ts';
import type { Tx } from '../transaction.ts';
import { readerOf } from './may-read.ts';
import { getTask, lockTask } from './task.queries.ts';

/** Changes a task that nobody works at. Who is to do it is named in one way: a bot takes the place of a capability, and the other way round. */
export const updateTask = command(api.goals.updateTask, async ({ tx, caller, record }, { taskId, ...asked }) => {
  const { goal, task } = await lockTask(tx, taskId);
  if (task.state === 'open') throw new Refusal('refused', `Somebody works at “${task.title}”: cancel that first`);
  if (asked.assigneeId && asked.capability)
    throw Refusal.at('assigneeId', 'invalid', 'Name a capability or a bot, not both');
  await refuseNobody(tx, goal.teamId, asked);
  const instead = {
    ...(asked.assigneeId ? { capability: null } : {}),
    ...(asked.capability ? { assigneeId: null } : {}),
  };
  const changes = { ...given(asked), ...instead };
  await tx
    .updateTable('task')
    .set({ ...changes, updatedAt: sql<Date>`now()` })
    .where('id', '=', taskId)
    .execute();
  await touchGoal({ tx }, goal.id);
  await record({
    type: 'task-updated',
    subjectId: taskId,
    subjectName: task.title,
    detail: { goalId: goal.id, ...changesOf(pick(task), { ...pick(task), ...changes }) },
  });
  return getTask(tx, taskId, readerOf(caller));
});

function pick({ title, text, capability, assigneeId, dueOn }: Awaited<ReturnType<typeof lockTask>>['task']) {
  return { title, text, capability, assigneeId, dueOn };
}

async function refuseNobody(
  tx: Tx,
  teamId: string,
  { assigneeId, capability }: { assigneeId?: string | null | undefined; capability?: string | null | undefined },
): Promise<void> {
  const members = await readMembers(tx, [teamId]);
  if (assigneeId && !members.some(({ botId }) => botId === assigneeId))
    throw Refusal.at('assigneeId', 'refused', 'This bot is not in the team: choose one of its members');
  if (capability && !members.some(({ capabilities }) => capabilities.includes(capability)))
    throw Refusal.at('capability', 'refused', `Nobody in the team can do ${capability}`);
}
