import type { TaskState } from '@clawster/contract/goal';
import type { TaskFacts } from '@clawster/domain/goal/step';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import { dayOf } from '../goal/goal-row.ts';
import type { Tx } from '../transaction.ts';

/** The tasks of a goal in the order of its plan, each with the delegation it is done by, or was last. */
export async function readTasks(tx: Tx, goalId: string) {
  const rows = await tx
    .selectFrom('task')
    .innerJoin('milestone', 'milestone.id', 'task.milestoneId')
    .leftJoin('delegation', 'delegation.id', 'task.delegationId')
    .selectAll('task')
    .select(dayOf('task.dueOn').as('dueOn'))
    .select(['delegation.state as delegationState', 'delegation.reason as delegationReason', 'delegation.progress'])
    .select(['delegation.result as delegationResult', 'delegation.endedAt as delegationEndedAt'])
    // What came of it was written with the hand of people outside in it.
    .select('delegation.untrusted as isUntrusted')
    .where('task.goalId', '=', goalId)
    .orderBy('milestone.position')
    .orderBy('task.position')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as TaskState, wasAsked: row.delegationId !== null }));
}
export type TaskRow = Awaited<ReturnType<typeof readTasks>>[number] & TaskFacts;

type Move = { to: TaskState; why?: string; delegationId?: string | null; result?: string };

/** Moves a task on, and tells of it. */
export async function moveTask(
  { tx, record }: ChangeContext,
  task: Pick<TaskRow, 'id' | 'title' | 'goalId' | 'state'>,
  { to, why = '', ...more }: Move,
): Promise<void> {
  await tx
    .updateTable('task')
    .set({ state: to, reason: why, updatedAt: sql<Date>`now()`, ...more })
    .where('id', '=', task.id)
    .execute();
  await record({
    type: 'task-phase-changed',
    subjectId: task.id,
    subjectName: task.title,
    detail: { goalId: task.goalId, from: task.state, to, ...(why ? { why } : {}) },
  });
}
