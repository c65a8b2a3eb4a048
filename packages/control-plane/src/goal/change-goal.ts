import type { GoalState } from '@clawster/contract/goal';
import { sql } from 'kysely';
import type { ChangeContext } from '../change.ts';
import type { GoalRow } from './goal-row.ts';

type Phase = { to: GoalState; why?: string; result?: string };

const over: readonly GoalState[] = ['done', 'failed', 'cancelled'];

/** Moves a locked goal on, and tells of it; nothing happens where it is there already. */
export async function moveGoal({ tx, record }: ChangeContext, goal: GoalRow, { to, why = '', result }: Phase) {
  if (goal.state === to && goal.reason === why) return;
  await tx
    .updateTable('goal')
    .set({
      state: to,
      reason: why,
      updatedAt: sql<Date>`now()`,
      ...(result === undefined ? {} : { result }),
      ...(over.includes(to) ? { endedAt: sql<Date>`now()`, proposed: null } : {}),
    })
    .where('id', '=', goal.id)
    .execute();
  await record({
    type: 'goal-phase-changed',
    subjectId: goal.id,
    subjectName: goal.title,
    detail: { teamId: goal.teamId, from: goal.state, to, ...(why ? { why } : {}) },
  });
}

/** Has the loop look at a goal soon, after something of it changed. */
export async function touchGoal({ tx }: Pick<ChangeContext, 'tx'>, goalId: string): Promise<void> {
  await tx
    .updateTable('goal')
    .set({ updatedAt: sql<Date>`now()` })
    .where('id', '=', goalId)
    .execute();
}
