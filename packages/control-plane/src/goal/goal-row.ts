import type { Plan } from '@clawster/contract/goal';
import type { GoalState } from '@clawster/contract/goal';
import type { Told } from '@clawster/domain/goal/stall';
import { Rights } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** The plan that waits for a person, and where; `untrusted`: people outside had a hand in what its lead wrote. */
export type Proposed = { plan: Plan; inboxItemId: string; at: string; untrusted?: boolean };
/** `personId`: who answers for it, where a key set it. */
export type SetBy = { id: string; name: string; personId?: string };

/** Days as they are written: a driver would make moments of them. */
export const dayOf = (column: string) => sql<string | null>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;

/** A goal's row, locked for the change at hand; refuses when there is none. */
export async function lockGoal(tx: Tx, goalId: string) {
  const row = await tx
    .selectFrom('goal')
    .selectAll()
    .select(dayOf('goal.dueOn').as('dueOn'))
    .where('id', '=', goalId)
    .where(isVisible('goal'))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw noGoal();
  return {
    ...row,
    state: row.state as GoalState,
    setBy: row.setBy as SetBy,
    rights: Rights.parse(row.rights),
    proposed: (row.proposed ?? undefined) as Proposed | undefined,
    told: row.told as Told[],
  };
}
export type GoalRow = Awaited<ReturnType<typeof lockGoal>>;

/** Refuses a change of what is over. */
export function refuseOver({ title, state, endedAt }: GoalRow): void {
  if (endedAt) throw new Refusal('refused', `“${title}” is ${state}: set another goal`);
}

export function noGoal(): Refusal {
  return new Refusal('not-found', 'There is no such goal in this workspace');
}
