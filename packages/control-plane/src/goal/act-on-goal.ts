import { api } from '@clawster/contract/api';
import type { GoalDetail } from '@clawster/contract/goal';
import { Refusal } from '@clawster/domain/refusal';
import { command, type CommandContext } from '../command.ts';
import { readTasks } from '../task/task-row.ts';
import { askForPlan } from './ask-lead.ts';
import { moveGoal } from './change-goal.ts';
import { endGoal, rolledUp } from './end-goal.ts';
import { getGoal } from './goal.queries.ts';
import { type GoalRow, lockGoal, refuseOver } from './goal-row.ts';
import { putPlan } from './put-plan.ts';
import { refuseOwnPlan } from './setter.ts';

/** Puts a plan in force, as it was proposed or edited; tasks that have begun stay as they are. */
export const planGoal = command(api.goals.plan, (context, { goalId, plan }) =>
  act(context, goalId, async (goal) => {
    await refuseOwnPlan(context.tx, context.caller, goal);
    await putPlan(context, goal, plan);
  }),
);

/** Asks the lead for another plan; what is under way goes on. */
export const replanGoal = command(api.goals.replan, (context, { goalId }) =>
  act(context, goalId, async (goal) => {
    const { state, reason } = await askForPlan(context, goal, {
      proposed: goal.proposed,
      why: `${context.caller.name} asks for another one`,
    });
    if (state === 'refused') throw new Refusal('refused', `The lead could not be asked: ${reason}`);
    const hasTasks = (await readTasks(context.tx, goal.id)).length > 0;
    await moveGoal(context, goal, {
      to: hasTasks ? goal.state : 'planning',
      why: `The lead thinks of another plan for ${context.caller.name}`,
    });
  }),
);

/** Begins nothing new for a goal; what is under way goes on. */
export const pauseGoal = command(api.goals.pause, (context, { goalId }) =>
  act(context, goalId, async (goal) => {
    if (goal.state !== 'active')
      throw new Refusal('refused', `Only a goal that is active is paused: it is ${goal.state}`);
    await moveGoal(context, goal, { to: 'paused', why: `Paused by ${context.caller.name}` });
  }),
);

/** Goes on with a goal that was paused. */
export const resumeGoal = command(api.goals.resume, (context, { goalId }) =>
  act(context, goalId, async (goal) => {
    if (goal.state !== 'paused')
      throw new Refusal('refused', `Only a goal that is paused goes on: it is ${goal.state}`);
    await moveGoal(context, goal, { to: 'active' });
  }),
);

/** Gives a goal up: all that is open for it is cancelled. */
export const cancelGoal = command(api.goals.cancel, (context, { goalId }) =>
  act(context, goalId, (goal) =>
    endGoal(context, goal, { to: 'cancelled', why: `Given up by ${context.caller.name}` }),
  ),
);

/** Takes a goal as reached, whatever its tasks say. */
export const finishGoal = command(api.goals.finish, (context, { goalId }) =>
  act(context, goalId, async (goal) =>
    endGoal(context, goal, {
      to: 'done',
      why: `Taken as reached by ${context.caller.name}`,
      result: rolledUp(await readTasks(context.tx, goal.id)),
    }),
  ),
);

async function act(
  context: CommandContext,
  goalId: string,
  work: (goal: GoalRow) => Promise<void>,
): Promise<GoalDetail> {
  const goal = await lockGoal(context.tx, goalId);
  refuseOver(goal);
  await work(goal);
  return getGoal(context.tx, goalId, context.caller);
}
