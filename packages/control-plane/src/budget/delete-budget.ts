import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { getBudgetRow, heldOf } from './budget.queries.ts';
import { holdBots } from './hold-bots.ts';
import { lockBudget } from './lock-budget.ts';
import { stopAsking } from './spent-item.ts';
import { tellBudgetBots } from './tell-budget-bots.ts';

/** Deletes a budget with what was counted for it; its bots go on without it. */
export const deleteBudget = command(api.budgets.delete, async (context, { budgetId }) => {
  const { tx, record } = context;
  await lockBudget(tx, budgetId);
  const row = await getBudgetRow(tx, budgetId);
  const { name, limitUsd, period, hard } = row;
  const remove = async () => {
    // Before it is gone: afterwards nobody knows whose it was.
    if (hard) await tellBudgetBots(tx, budgetId);
    await tx.deleteFrom('budget').where('id', '=', budgetId).execute();
  };
  if (hard) await holdBots(context, heldOf(row), remove);
  else await remove();
  await stopAsking(context, row);
  await record({ type: 'budget-deleted', subjectId: budgetId, subjectName: name, detail: { limitUsd, period, hard } });
  return {};
});
