import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { isForAnother } from '../inbox/is-for-another.ts';
import { personBehind } from '../inbox/person-behind.ts';
import type { Tx } from '../transaction.ts';
import type { GoalRow, SetBy } from './goal-row.ts';

/** Who sets a goal, with the person who answers for it where a key does. */
export async function setterOf(tx: Tx, caller: SignedIn): Promise<SetBy> {
  const personId = await personBehind(tx, caller);
  return { id: caller.id, name: caller.name, ...(personId ? { personId } : {}) };
}

/** The person who set a goal. */
export function personOf({ id, personId = id }: SetBy): string {
  return personId;
}

/** The same of a goal that is only known by its id; undefined where there is none. */
export async function setterOfGoal(tx: Tx, goalId: string | null): Promise<string | undefined> {
  if (goalId === null) return undefined;
  const goal = await tx.selectFrom('goal').select('setBy').where('id', '=', goalId).executeTakeFirst();
  return goal && personOf(goal.setBy as SetBy);
}

/** Refuses a plan from whoever set the goal, where the team wants somebody else to approve it: it would be in force unseen. */
export async function refuseOwnPlan(tx: Tx, caller: SignedIn, { workspaceId, teamId, setBy }: GoalRow): Promise<void> {
  const personId = personOf(setBy);
  if ((await personBehind(tx, caller)) !== personId) return;
  if (await isForAnother(tx, { workspaceId, teamId, personId }))
    throw new Refusal(
      'refused',
      'You set this goal, and its team wants somebody else to approve the plan: let the lead propose one, or ask somebody else to put yours in force',
    );
}
