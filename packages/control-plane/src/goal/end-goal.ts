import type { ChangeContext } from '../change.ts';
import { cancelDelegations } from '../delegation/cancel-delegations.ts';
import type { AskContext } from '../delegation/ask.ts';
import { withdrawItem } from '../inbox/open-item.ts';
import { moveTask, readTasks, type TaskRow } from '../task/task-row.ts';
import { moveGoal } from './change-goal.ts';
import type { GoalRow } from './goal-row.ts';

type Ending = { to: 'done' | 'cancelled'; why: string; result?: string };

/** Ends a locked goal: what is open for it is cancelled, and nothing about it waits for anybody. */
export async function endGoal(context: AskContext, goal: GoalRow, ending: Ending): Promise<void> {
  await cancelDelegations(context, { goalId: goal.id }, ending.why);
  for (const task of await readTasks(context.tx, goal.id))
    if (task.state !== 'done' && task.state !== 'failed' && task.state !== 'cancelled')
      await moveTask(context, task, { to: 'cancelled', why: ending.why });
  await withdrawAll(context, goal, ending.why);
  await moveGoal(context, goal, ending);
}

async function withdrawAll(context: ChangeContext, { id, workspaceId }: GoalRow, why: string): Promise<void> {
  for (const kind of ['plan', 'stall'] as const) await withdrawItem(context, { workspaceId, kind, subject: id }, why);
}

/** What came of the tasks, one after the other. */
export function rolledUp(tasks: readonly Pick<TaskRow, 'title' | 'result'>[]): string {
  return tasks
    .filter(({ result }) => result)
    .map(({ title, result }) => `## ${title}\n\n${result}`)
    .join('\n\n')
    .slice(0, resultMax);
}
const resultMax = 100_000;
