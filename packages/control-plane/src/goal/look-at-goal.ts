import { isReached, stepTasks, type TaskStep } from '@clawster/domain/goal/step';
import { type Stall, stallsOf, tellStalls, type Told } from '@clawster/domain/goal/stall';
import { TeamLimits } from '@clawster/contract/team';
import { sql } from 'kysely';
import { databaseNow } from '../database-now.ts';
import { readTasks, type TaskRow } from '../task/task-row.ts';
import type { Tx } from '../transaction.ts';
import { leadTask } from './ask-lead.ts';
import type { GoalRow } from './goal-row.ts';

/** What is to be done for a goal now; empty where nothing is. */
export type Look = {
  /** Tasks whose delegation is over. */
  over: TaskRow[];
  steps: TaskStep[];
  giveOut: TaskRow[];
  sumUp: 'ask' | { result: string } | undefined;
  lead: Stall[];
  people: Stall[];
  told: Told[];
  isEmpty: boolean;
};

/** Looks at all there is of a goal. What comes first hides what comes after it, which the next look finds. */
export async function lookAtGoal(tx: Tx, goal: GoalRow): Promise<Look> {
  const tasks = await readTasks(tx, goal.id);
  const over = tasks.filter((task) => task.state === 'open' && task.delegationEndedAt !== null);
  const steps = stepTasks(tasks);
  const isMoving = over.length > 0 || steps.length > 0;
  const giveOut = isMoving || goal.state !== 'active' ? [] : await whatFits(tx, goal, tasks);
  const sumUp = isMoving ? undefined : await toSumUp(tx, goal, tasks);
  const stalls =
    isMoving || giveOut.length > 0 || sumUp
      ? { lead: [], people: [], told: goal.told }
      : await stalled(tx, goal, tasks);
  const isSame = JSON.stringify(stalls.told) === JSON.stringify(goal.told);
  const isEmpty = !isMoving && giveOut.length === 0 && !sumUp && isSame;
  return { over, steps, giveOut, sumUp, ...stalls, isEmpty };
}

/** Ready tasks in the order of the plan, as many as the team's limits leave room for. */
async function whatFits(tx: Tx, goal: GoalRow, tasks: readonly TaskRow[]): Promise<TaskRow[]> {
  const ready = tasks.filter(({ state }) => state === 'ready');
  if (ready.length === 0) return [];
  const { rows } = await sql<{ limits: unknown; open: number; ofGoals: number }>`
    select limits, (select count(*)::int from delegation where team_id = team.id and ended_at is null) as open,
      (select count(*)::int from delegation where team_id = team.id and ended_at is null and from_kind = 'goal') as "ofGoals"
    from team where id = ${goal.teamId}::uuid`.execute(tx);
  const [team] = rows;
  if (!team) return [];
  const { openTasks, fanOut } = TeamLimits.parse(team.limits);
  return ready.slice(0, Math.max(0, Math.min(openTasks - team.open, fanOut - team.ofGoals)));
}

/** The last thing of this kind that the lead was asked for the goal. */
function lastAsk(tx: Tx, goalId: string, taskType: string) {
  return tx
    .selectFrom('delegation')
    .select(['state', 'reason', 'result', 'requestedAt', 'endedAt'])
    .where('goalId', '=', goalId)
    .where('taskType', '=', taskType)
    .where('fromKind', '=', 'goal')
    .orderBy('requestedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function toSumUp(tx: Tx, goal: GoalRow, tasks: readonly TaskRow[]): Promise<Look['sumUp']> {
  if (!isReached(goal.state, tasks)) return undefined;
  const asked = await lastAsk(tx, goal.id, leadTask.sumUp);
  const lastStep = Math.max(...tasks.map(({ updatedAt }) => updatedAt.getTime()));
  if (!asked || asked.requestedAt.getTime() < lastStep) return 'ask';
  if (!asked.endedAt) return undefined;
  return { result: asked.state === 'done' ? (asked.result ?? '') : '' };
}

async function stalled(tx: Tx, goal: GoalRow, tasks: readonly TaskRow[]) {
  const now = await databaseNow(tx);
  const { rows } = await sql<{ mayWake: boolean }>`
    select (limits->>'wakesPerDay')::int > (select count(*) from goal_wake where team_id = team.id
        and at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC') as "mayWake"
    from team where id = ${goal.teamId}::uuid`.execute(tx);
  const stalls = goal.state === 'active' ? stallsOf(factsOf(goal, tasks, now)) : await unplanned(tx, goal);
  return tellStalls(stalls, goal.told, { now, mayWake: rows[0]?.mayWake ?? false });
}

function factsOf(goal: GoalRow, tasks: readonly TaskRow[], now: Date) {
  return {
    now,
    today: now.toISOString().slice(0, 10),
    goal: { dueOn: goal.dueOn ?? undefined },
    tasks: tasks.map((task) => {
      const progressAt = (task.progress as { at?: string } | null)?.at;
      return {
        ...task,
        dueOn: task.dueOn ?? undefined,
        isHeld: task.delegationState === 'held',
        ...(progressAt ? { progressAt: new Date(progressAt) } : {}),
      };
    }),
  };
}

/** A lead that ended without a plan, or could not be asked for one, makes none by itself. */
async function unplanned(tx: Tx, { id, state, proposed }: GoalRow): Promise<Stall[]> {
  if (state !== 'planning' || proposed) return [];
  const asked = await lastAsk(tx, id, leadTask.plan);
  if (asked && !asked.endedAt) return [];
  const why = asked?.result || asked?.reason || 'nobody asked it';
  return [{ kind: 'unplanned', text: `The lead proposed no plan: ${why.slice(0, 500)}` }];
}
