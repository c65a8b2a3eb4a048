import type { Goal, GoalDetail, GoalState } from '@clawster/contract/goal';
import { goalPrefix } from '@clawster/domain/delegation/session';
import { sql } from 'kysely';
import type { SignedIn } from '../caller.ts';
import { costOfDelegation } from '../delegation/cost-of-delegation.ts';
import { isVisible } from '../is-visible.ts';
import { readerOf } from '../task/may-read.ts';
import { selectTasks, toTask } from '../task/task.queries.ts';
import type { Tx } from '../transaction.ts';
import { dayOf, noGoal, type Proposed, type SetBy } from './goal-row.ts';

const tasksIn = (condition: string) => sql<number>`(select count(*)::int from task where task.goal_id = goal.id
  ${sql.raw(condition)})`;
/** The turns in which the lead was woken for it: the conversation it has with nobody but Clawster. */
const wakeCost = sql<number>`(select coalesce(sum(cost_usd), 0)::float8 from conversation_day
  where conversation_day.bot_id = team.lead_id and conversation_day.session = ${sql.lit(goalPrefix)} || goal.id
    and conversation_day.day >= (goal.created_at at time zone 'UTC')::date)`;
const workCost = sql<number>`(select coalesce(sum(${costOfDelegation}), 0)::float8 from delegation
  where delegation.trace_id = goal.trace_id)`;

/** Goals of the transaction's workspace, with what came of them and what they cost. */
export function selectGoals(tx: Tx) {
  return tx
    .selectFrom('goal')
    .innerJoin('team', 'team.id', 'goal.teamId')
    .select(['goal.id', 'goal.teamId', 'team.name as teamName', 'goal.title', 'goal.text', 'goal.measure'])
    .select(['goal.state', 'goal.reason', 'goal.setBy', 'goal.result', 'goal.traceId', 'goal.proposed'])
    .select(['goal.createdAt', 'goal.updatedAt', 'goal.endedAt'])
    .select([
      dayOf('goal.dueOn').as('dueOn'),
      tasksIn('').as('total'),
      tasksIn(`and state = 'done'`).as('done'),
      tasksIn(`and state = 'open'`).as('open'),
      tasksIn(`and state = 'blocked'`).as('blocked'),
      tasksIn(`and state = 'failed'`).as('failed'),
      sql<number>`(select count(*)::int from goal_wake where goal_wake.goal_id = goal.id)`.as('wakes'),
      wakeCost.as('wakeCostUsd'),
      workCost.as('workCostUsd'),
    ])
    .where(isVisible('goal'));
}
type Row = Awaited<ReturnType<ReturnType<typeof selectGoals>['executeTakeFirstOrThrow']>>;

export function toGoal(row: Row, { mayRead }: { mayRead: boolean }): Goal {
  const { total, done, open, blocked, failed, wakes, wakeCostUsd, workCostUsd, dueOn, result, setBy, ...rest } = row;
  const { proposed: _, createdAt, updatedAt, endedAt, ...plain } = rest;
  return {
    ...plain,
    state: row.state as GoalState,
    setBy: (setBy as SetBy).name,
    tasks: { total, done, open, blocked, failed },
    costUsd: workCostUsd + wakeCostUsd,
    wakes: { count: wakes, costUsd: wakeCostUsd },
    ...(dueOn ? { dueOn } : {}),
    ...(result !== null && mayRead ? { result } : {}),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(endedAt ? { endedAt: endedAt.toISOString() } : {}),
  };
}

/** Refuses when there is no such goal. */
export async function getGoal(tx: Tx, goalId: string, caller: SignedIn): Promise<GoalDetail> {
  const row = await selectGoals(tx).where('goal.id', '=', goalId).executeTakeFirst();
  if (!row) throw noGoal();
  const reader = readerOf(caller);
  const milestones = await tx
    .selectFrom('milestone')
    .select(['id', 'title', dayOf('milestone.dueOn').as('dueOn')])
    .where('goalId', '=', goalId)
    .orderBy('position')
    .execute();
  const tasks = await selectTasks(tx).where('task.goalId', '=', goalId).execute();
  const proposed = row.proposed as Proposed | null;
  return {
    ...toGoal(row, reader),
    milestones: milestones.map(({ id, title, dueOn }) => ({
      id,
      title,
      ...(dueOn ? { dueOn } : {}),
      tasks: tasks.filter(({ milestoneId }) => milestoneId === id).map((task) => toTask(task, reader)),
    })),
    ...(proposed ? { proposed } : {}),
  };
}
