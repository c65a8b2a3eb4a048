import type { BudgetLift } from '@clawster/contract/budget';
import { holds } from '@clawster/domain/budget/lift';
import { Refusal } from '@clawster/domain/refusal';
import { databaseNow } from '../database-now.ts';
import { contentHashOf } from '../inbox/open-item.ts';
import type { Settler } from '../inbox/settlers.ts';
import { getBudgetRow } from './budget.queries.ts';
import { writeLift } from './lift-budget.ts';
import { lockBudget } from './lock-budget.ts';
import { spentItem } from './spent-item.ts';

/** Lifts a spent budget once by its limit, when a person said so; whatever else was decided, its bots stay stopped. */
export const settleBudget: Settler = async ({ tx, record }, { state, subject, contentHash, reason, byName }) => {
  if (state !== 'approved') return;
  const key = await lockBudget(tx, subject);
  const row = await getBudgetRow(tx, subject);
  if (contentHashOf(spentItem(row)) !== contentHash)
    throw new Refusal('conflict', `The budget ${row.name} was changed meanwhile: look at it, and lift it there`);
  const now = await databaseNow(tx);
  const before = (row.lift ?? undefined) as BudgetLift | undefined;
  // What it was lifted by before is spent, too.
  const usd = row.limitUsd + (before && holds(before, now) ? (before.usd ?? 0) : 0);
  const lift: BudgetLift = { usd, reason: reason || 'Approved in the inbox', by: byName, at: now.toISOString() };
  await writeLift(tx, key, lift);
  await record({
    type: 'budget-lifted',
    subjectId: subject,
    subjectName: row.name,
    detail: { usd, reason: lift.reason },
  });
};
