import { taskAfter } from '@clawster/domain/goal/step';
import type { DelegationState } from '@clawster/contract/delegation';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import type { AskContext } from '../delegation/ask.ts';
import { changeIfAny } from '../delegation/change-if-any.ts';
import type { ControlPlane } from '../plane.ts';
import { moveTask, readTasks } from '../task/task-row.ts';
import { askToSumUp } from './ask-lead.ts';
import { bringStalls } from './bring-stalls.ts';
import { endGoal, rolledUp } from './end-goal.ts';
import { giveOut } from './give-out.ts';
import { type GoalRow, lockGoal } from './goal-row.ts';
import { type Look, lookAtGoal } from './look-at-goal.ts';

const job = 'advance-goals';
const goalsAtOnce = 50;
/** What changes with nobody telling: dates that pass, tasks that nothing is heard of. */
const lookSeconds = 60;
/** A step that follows another is taken at once; a plan of any length ends below this. */
const stepsMax = 500;

type Due = { id: string; workspaceId: string };

/** Takes each goal that something happened to as far as it goes, and looks at each of the others once a minute. */
export async function advanceGoals(plane: ControlPlane, signal: AbortSignal): Promise<void> {
  for (const goal of await takeDue(plane)) {
    if (signal.aborted) return;
    try {
      await advanceFar(plane, goal, signal);
    } catch (error) {
      // One goal's trouble is not that of the others; the next look tries again.
      plane.log('warn', 'A goal could not be taken further', { goalId: goal.id, error: String(error) });
    }
  }
}

async function advanceFar(plane: ControlPlane, goal: Due, signal: AbortSignal): Promise<void> {
  for (let steps = 0; steps < stepsMax && !signal.aborted; steps += 1) if (!(await advance(plane, goal))) return;
}

function takeDue(plane: ControlPlane): Promise<Due[]> {
  // What was committed late carries an earlier time.
  const since = sql`goal.looked_at - interval '5 seconds'`;
  return keep(plane, async (tx) => {
    const { rows } = await sql<Due>`
      update goal set looked_at = now() where id in (
        select id from goal where ended_at is null
          and (looked_at < now() - make_interval(secs => ${lookSeconds}) or updated_at >= ${since}
            or exists (select from delegation where delegation.goal_id = goal.id and delegation.ended_at >= ${since}))
        order by looked_at limit ${goalsAtOnce} for update skip locked)
      returning id, workspace_id as "workspaceId"`.execute(tx);
    return rows;
  });
}

/** Whether there was anything to do. */
async function advance(plane: ControlPlane, { id, workspaceId }: Due): Promise<boolean> {
  return changeIfAny(plane, { workspaceId, actor: { kind: 'system', job } }, async (context) => {
    const goal = await lockGoal(context.tx, id);
    const look = goal.endedAt ? undefined : await lookAtGoal(context.tx, goal);
    if (!look || look.isEmpty) return false;
    await carryOut(context, goal, look);
    return true;
  });
}

async function carryOut(context: AskContext, goal: GoalRow, look: Look): Promise<void> {
  const { over, steps, sumUp } = look;
  for (const task of over) {
    const { to, reason } = taskAfter(task.delegationState as DelegationState, task.delegationReason ?? '');
    const result = to === 'done' ? { result: task.delegationResult ?? '' } : {};
    await moveTask(context, task, { to, why: reason, ...result });
  }
  // What is over now changes what others become: the next look says it.
  if (over.length > 0) return;
  if (steps.length > 0) return carryOutSteps(context, goal, steps);
  for (const task of look.giveOut) await giveOut(context, goal, task);
  if (sumUp === 'ask') await askToSumUp(context, goal);
  else if (sumUp) await finish(context, goal, sumUp.result);
  if (look.giveOut.length === 0 && !sumUp) await bringStalls(context, goal, look);
}

async function carryOutSteps(context: AskContext, goal: GoalRow, steps: Look['steps']): Promise<void> {
  const tasks = new Map((await readTasks(context.tx, goal.id)).map((task) => [task.key, task]));
  for (const { key, to, reason } of steps) {
    const task = tasks.get(key);
    if (task) await moveTask(context, task, { to, why: reason });
  }
}

/** Where the lead could not sum up, what came of the tasks is the result. */
async function finish(context: AskContext, goal: GoalRow, result: string): Promise<void> {
  const all = result || rolledUp(await readTasks(context.tx, goal.id));
  await endGoal(context, goal, { to: 'done', why: 'All its tasks are done', result: all });
}
