import { api } from '@clawster/contract/api';
import type { BudgetLift } from '@clawster/contract/budget';
import { holds } from '@clawster/domain/budget/lift';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import type { Tx } from '../transaction.ts';
import { getBudget, getBudgetRow } from './budget.queries.ts';
import { lockBudget } from './lock-budget.ts';
import { tellBudgetBots } from './tell-budget-bots.ts';

/** Lets a budget's bots spend more in the period it is in; a second lift takes the place of the first. */
export const liftBudget = command(
  api.budgets.lift,
  async ({ tx, caller, record }, { budgetId, usd, until, reason }) => {
    const key = await lockBudget(tx, budgetId);
    const now = await databaseNow(tx);
    if (until !== undefined && new Date(until) <= now)
      throw Refusal.at('until', 'invalid', 'It would have ended already: choose a time to come');
    const kind = usd === undefined ? { until: new Date(until as string).toISOString() } : { usd };
    const lift: BudgetLift = { ...kind, reason, by: caller.name, at: now.toISOString() };
    await writeLift(tx, key, lift);
    const budget = await getBudget(tx, budgetId);
    await record({ type: 'budget-lifted', subjectId: budgetId, subjectName: budget.name, detail: { ...kind, reason } });
    return budget;
  },
);

/** Lets the limit hold again as it stands, before the period is over or the time has come. */
export const endLift = command(api.budgets.endLift, async ({ tx, record }, { budgetId }) => {
  const key = await lockBudget(tx, budgetId);
  const { name, lift } = await getBudgetRow(tx, budgetId);
  if (!holds((lift ?? undefined) as BudgetLift | undefined, await databaseNow(tx)))
    throw new Refusal('conflict', `The budget ${name} is not lifted`);
  await writeLift(tx, key, null);
  await record({ type: 'budget-lift-ended', subjectId: budgetId, subjectName: name });
  return getBudget(tx, budgetId);
});

/** Keeps by what a budget is lifted in a period, and tells its bots. */
export async function writeLift(
  tx: Tx,
  { budgetId, startsOn }: { budgetId: string; startsOn: string },
  lift: BudgetLift | null,
): Promise<void> {
  await tx
    .updateTable('budgetPeriod')
    .set({ lift })
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', startsOn)
    .execute();
  await tx
    .updateTable('budget')
    .set({ version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
    .where('id', '=', budgetId)
    .execute();
  await tellBudgetBots(tx, budgetId);
}
