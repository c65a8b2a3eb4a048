import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Settler } from '../inbox/settlers.ts';
import { readTasks } from '../task/task-row.ts';
import { askForPlan } from './ask-lead.ts';
import { moveGoal } from './change-goal.ts';
import { lockGoal, refuseOver } from './goal-row.ts';
import { putPlan } from './put-plan.ts';

/** A plan that people approved is in force; of one they refused, the lead hears why and thinks of another. */
export const settlePlan: Settler = async (context, settled) => {
  const { tx } = context;
  const goal = await lockGoal(tx, settled.subject);
  if (settled.state === 'expired') return;
  refuseOver(goal);
  const { proposed } = goal;
  if (proposed?.inboxItemId !== settled.itemId)
    throw new Refusal('conflict', 'The lead proposed another plan meanwhile: look at that one');
  await tx
    .updateTable('goal')
    .set({ proposed: null, updatedAt: sql<Date>`now()` })
    .where('id', '=', goal.id)
    .execute();
  if (settled.state === 'approved') return putPlan(context, goal, proposed.plan);
  const why = settled.reason || 'no reason was given';
  const asked = await askForPlan(context, goal, { proposed, why: `${settled.byName} refused it: ${why}` });
  const hasTasks = (await readTasks(tx, goal.id)).length > 0;
  await moveGoal(context, goal, {
    to: hasTasks ? goal.state : 'planning',
    why:
      asked.state === 'refused'
        ? `The lead could not be asked for another plan: ${asked.reason}`
        : `${settled.byName} refused the plan: ${why}`,
  });
};
