import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { sql } from 'kysely';
import { command } from '../command.ts';
import { given } from '../given.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { type BudgetRow, getBudget, getBudgetRow, heldOf } from './budget.queries.ts';
import { lockBudget } from './lock-budget.ts';
import { holdBots } from './hold-bots.ts';
import { tellBudgetBots } from './tell-budget-bots.ts';

/** Changes a budget; its bots are held to it within seconds. */
export const updateBudget = command(api.budgets.update, async (context, { budgetId, ...input }) => {
  const { tx, record } = context;
  const key = await lockBudget(tx, budgetId);
  const row = await getBudgetRow(tx, budgetId);
  const before = settingsOf(row);
  const after = { ...before, ...given(input) };
  const write = async () => {
    await unlessNameTaken('budget', after.name, () =>
      tx
        .updateTable('budget')
        .set({ ...after, version: sql<number>`version + 1`, updatedAt: sql<Date>`now()` })
        .where('id', '=', budgetId)
        .execute(),
    );
    if (after.hard && !before.hard) await beginHard(tx, key, row);
  };
  if (before.hard !== after.hard) await holdBots(context, heldOf(row), write);
  else {
    await write();
    if (after.hard) await tellBudgetBots(tx, budgetId);
  }
  const detail = changesOf(before, after);
  await record({ type: 'budget-updated', subjectId: budgetId, subjectName: after.name, detail });
  return getBudget(tx, budgetId);
});

/** What was spent while nothing was granted passed no allowance, and is known by the books alone. */
async function beginHard(
  tx: Parameters<typeof lockBudget>[0],
  { budgetId, startsOn }: Awaited<ReturnType<typeof lockBudget>>,
  { bookedUsd, drawnUsd }: BudgetRow,
): Promise<void> {
  await tx
    .updateTable('budgetPeriod')
    .set({ bookedUsd, beforeUsd: Math.max(0, bookedUsd - drawnUsd) })
    .where('budgetId', '=', budgetId)
    .where('startsOn', '=', startsOn)
    .execute();
}

function settingsOf({ name, limitUsd, warnAt, hard }: BudgetRow) {
  return { name, limitUsd, warnAt, hard };
}
