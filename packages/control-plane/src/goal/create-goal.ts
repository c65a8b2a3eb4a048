import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { allRights } from '@clawster/domain/delegation/rights';
import { command } from '../command.ts';
import { lockTeam } from '../team/team.queries.ts';
import { askForPlan } from './ask-lead.ts';
import { moveGoal } from './change-goal.ts';
import { lockGoal } from './goal-row.ts';
import { getGoal } from './goal.queries.ts';
import { putPlan } from './put-plan.ts';
import { refuseOwnPlan, setterOf } from './setter.ts';

/** Sets a team a goal: its lead is asked for a plan, or the one that came with it is in force at once. */
export const createGoal = command(api.goals.create, async (context, input) => {
  const { tx, caller, record } = context;
  const { teamId, title, text, measure, dueOn, plan } = input;
  const team = await lockTeam(tx, teamId);
  const id = randomUUID();
  await tx
    .insertInto('goal')
    .values({
      id,
      workspaceId: caller.workspaceId,
      teamId,
      title,
      text,
      measure,
      dueOn: dueOn ?? null,
      state: 'planning',
      setBy: await setterOf(tx, caller),
      // Whoever may direct the team may ask it for everything.
      rights: allRights,
      traceId: `goal:${id}`,
    })
    .execute();
  await record({ type: 'goal-created', subjectId: id, subjectName: title, detail: { team: team.name, teamId } });
  const goal = await lockGoal(tx, id);
  if (plan) {
    await refuseOwnPlan(tx, caller, goal);
    await putPlan(context, goal, plan);
  } else {
    const { state, reason } = await askForPlan(context, goal);
    const why = state === 'refused' ? `The lead could not be asked for a plan: ${reason}` : 'The lead thinks of a plan';
    await moveGoal(context, goal, { to: 'planning', why });
  }
  return getGoal(tx, id, caller);
});
