import type { BudgetPeriod } from '@clawster/contract/budget';
import { Refusal } from '@clawster/domain/refusal';
import { databaseNow } from '../database-now.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';
import { lockPeriod, type PeriodKey, startsOn } from './use.queries.ts';

/** Locks a budget and the period it is in, so that nothing of it is granted meanwhile; refuses when there is none. */
export async function lockBudget(tx: Tx, budgetId: string): Promise<PeriodKey> {
  const row = await tx
    .selectFrom('budget')
    .select('period')
    .where('id', '=', budgetId)
    .where(isVisible('budget'))
    // Not of the key: whoever grants in it makes a row that refers to this one.
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such budget in this workspace');
  const key = { budgetId, startsOn: startsOn(row.period as BudgetPeriod, await databaseNow(tx)) };
  await lockPeriod(tx, key);
  return key;
}
