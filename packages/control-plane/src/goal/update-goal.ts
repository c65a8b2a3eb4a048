import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { given } from '../given.ts';
import { lockGoal, refuseOver } from './goal-row.ts';
import { getGoal } from './goal.queries.ts';

/** Changes what a goal says; tasks that were given out keep what they were told. */
export const updateGoal = command(api.goals.update, async ({ tx, caller, record }, { goalId, ...asked }) => {
  const goal = await lockGoal(tx, goalId);
  refuseOver(goal);
  const changes = given(asked);
  await tx
    .updateTable('goal')
    .set({ ...changes, updatedAt: sql<Date>`now()` })
    .where('id', '=', goalId)
    .execute();
  const { title, text, measure, dueOn } = goal;
  const before = { title, text, measure, dueOn };
  await record({
    type: 'goal-updated',
    subjectId: goalId,
    subjectName: changes.title ?? title,
    detail: { teamId: goal.teamId, ...changesOf(before, { ...before, ...changes }) },
  });
  return getGoal(tx, goalId, caller);
});
