import { api } from '@clawster/contract/api';
import { query } from '../query.ts';
import { getGoal } from './goal.queries.ts';

/** A goal with its milestones and tasks, and the plan that waits. */
export const showGoal = query(api.goals.get, ({ tx, caller }, { goalId }) => getGoal(tx, goalId, caller));
