import { api } from '@clawster/contract/api';
import type { Task } from '@clawster/contract/goal';
import { Refusal } from '@clawster/domain/refusal';
import { command, type CommandContext } from '../command.ts';
import { cancelDelegations } from '../delegation/cancel-delegations.ts';
import { touchGoal } from '../goal/change-goal.ts';
import { readerOf } from './may-read.ts';
import { getTask, lockTask } from './task.queries.ts';
import { moveTask } from './task-row.ts';

/** Leaves a task out: what works at it is cancelled, and what waits for it waits no more. */
export const cancelTask = command(api.goals.cancelTask, (context, { taskId }) =>
  act(context, taskId, async ({ task }) => {
    if (task.state === 'done') throw new Refusal('refused', `“${task.title}” is done`);
    await cancelDelegations(context, { taskId }, 'The task was left out');
    await moveTask(context, task, { to: 'cancelled', why: `Left out by ${context.caller.name}` });
  }),
);

/** Lets a task that failed or is blocked begin anew, by the rules of today. */
export const retryTask = command(api.goals.retryTask, (context, { taskId }) =>
  act(context, taskId, async ({ task }) => {
    if (task.state !== 'failed' && task.state !== 'blocked' && task.state !== 'cancelled')
      throw new Refusal('refused', `“${task.title}” is ${task.state}: only what failed or is blocked begins anew`);
    await moveTask(context, task, { to: 'planned', why: `Begins anew for ${context.caller.name}`, delegationId: null });
  }),
);

/** Takes a task as done, with what came of it. */
export const finishTask = command(api.goals.finishTask, (context, { taskId, result }) =>
  act(context, taskId, async ({ task }) => {
    if (task.state === 'done') throw new Refusal('refused', `“${task.title}” is done already`);
    await cancelDelegations(context, { taskId }, 'A person took the task as done');
    await moveTask(context, task, { to: 'done', why: `Taken as done by ${context.caller.name}`, result });
  }),
);

async function act(
  context: CommandContext,
  taskId: string,
  work: (locked: Awaited<ReturnType<typeof lockTask>>) => Promise<void>,
): Promise<Task> {
  const locked = await lockTask(context.tx, taskId);
  await work(locked);
  await touchGoal(context, locked.goal.id);
  return getTask(context.tx, taskId, readerOf(context.caller));
}
