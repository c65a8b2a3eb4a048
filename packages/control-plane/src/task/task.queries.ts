import { Delegation } from '@clawster/contract/delegation';
import type { Task, TaskState } from '@clawster/contract/goal';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { costOfDelegation } from '../delegation/cost-of-delegation.ts';
import { dayOf, lockGoal, refuseOver } from '../goal/goal-row.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { readTasks } from './task-row.ts';

/** What was spent on a task in all its attempts, with all they were passed on as. */
const cost = sql<number>`(select coalesce(sum(${costOfDelegation}), 0)::float8 from delegation
  where delegation.root_id in (select id from delegation as attempt where attempt.task_id = task.id))`;

/** Tasks of the transaction's workspace, as they are shown. */
export function selectTasks(tx: Tx) {
  return tx
    .selectFrom('task')
    .innerJoin('milestone', 'milestone.id', 'task.milestoneId')
    .leftJoin('bot', 'bot.id', 'task.assigneeId')
    .leftJoin('delegation', 'delegation.id', 'task.delegationId')
    .select(['task.id', 'task.goalId', 'task.milestoneId', 'task.key', 'task.title', 'task.text', 'task.state'])
    .select(['task.reason', 'task.capability', 'task.assigneeId', 'task.after', 'task.delegationId', 'task.result'])
    .select(['task.updatedAt', 'bot.name as assigneeName', 'delegation.toName', 'delegation.progress'])
    .select([
      dayOf('task.dueOn').as('dueOn'),
      sql<boolean>`coalesce(task.due_on < (now() at time zone 'UTC')::date, false)
        and task.state not in ('done', 'cancelled')`.as('isLate'),
      cost.as('costUsd'),
    ])
    .where(isVisible('task'))
    .orderBy('milestone.position')
    .orderBy('task.position');
}
type Row = Awaited<ReturnType<ReturnType<typeof selectTasks>['executeTakeFirstOrThrow']>>;

/** What was written needs the permission to read conversations. */
export function toTask(
  { toName, assigneeName, progress, updatedAt, ...row }: Row,
  { mayRead }: { mayRead: boolean },
): Task {
  const { capability, assigneeId, delegationId, dueOn, result, text, ...rest } = row;
  const name = assigneeName ?? (delegationId ? toName : null);
  return {
    ...rest,
    state: row.state as TaskState,
    text,
    ...(capability ? { capability } : {}),
    ...(assigneeId ? { assigneeId } : {}),
    ...(name ? { assigneeName: name } : {}),
    ...(dueOn ? { dueOn } : {}),
    ...(delegationId ? { delegationId } : {}),
    ...(progress && mayRead ? { progress: Delegation.shape.progress.parse(progress) } : {}),
    ...(result !== null && mayRead ? { result } : {}),
    updatedAt: updatedAt.toISOString(),
  };
}

/** One task with its goal, locked in the order of whoever changes goals; refuses where there is none, and where the goal is over. */
export async function lockTask(tx: Tx, taskId: string) {
  const found = await tx
    .selectFrom('task')
    .select('goalId')
    .where('id', '=', taskId)
    .where(isVisible('task'))
    .executeTakeFirst();
  if (!found) throw noTask();
  const goal = await lockGoal(tx, found.goalId);
  refuseOver(goal);
  const tasks = await readTasks(tx, goal.id);
  const task = tasks.find(({ id }) => id === taskId);
  if (!task) throw noTask();
  return { goal, task, tasks };
}

/** As it is shown after a change. */
export async function getTask(tx: Tx, taskId: string, reader: { mayRead: boolean }): Promise<Task> {
  return toTask(await selectTasks(tx).where('task.id', '=', taskId).executeTakeFirstOrThrow(), reader);
}

function noTask(): Refusal {
  return new Refusal('not-found', 'There is no such task in this workspace');
}
