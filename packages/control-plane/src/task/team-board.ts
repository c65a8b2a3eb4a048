import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { refuseNoTeam } from '../team/team.queries.ts';
import { readerOf } from './may-read.ts';
import { selectTasks, toTask } from './task.queries.ts';

const tasksMax = 200;

/** The tasks of a team's goals that are not over. */
export const teamBoard = query(api.goals.board, async ({ tx, caller }, { teamId, goalId }) => {
  await refuseNoTeam(tx, teamId);
  let asked = selectTasks(tx)
    .innerJoin('goal', 'goal.id', 'task.goalId')
    .select('goal.title as goalTitle')
    .where('goal.teamId', '=', teamId)
    .where('goal.endedAt', 'is', null);
  if (goalId) asked = asked.where('goal.id', '=', goalId);
  const rows = await asked.execute();
  const reader = readerOf(caller);
  return {
    items: rows.slice(0, tasksMax).map(({ goalTitle, ...row }) => ({ ...toTask(row, reader), goalTitle })),
    more: Math.max(0, rows.length - tasksMax),
  };
});
