import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { getBudgetRow } from './budget.queries.ts';
import { lockBudget } from './lock-budget.ts';
import { tellBudgetBots } from './tell-budget-bots.ts';

/** Deletes a budget with what was counted for it; its bots go on without it. */
export const deleteBudget = command(api.budgets.delete, async ({ tx, record }, { budgetId }) => {
  await lockBudget(tx, budgetId);
  const { name, limitUsd, period, hard } = await getBudgetRow(tx, budgetId);
  if (hard) await tellBudgetBots(tx, budgetId);
  await tx.deleteFrom('budget').where('id', '=', budgetId).execute();
  await record({ type: 'budget-deleted', subjectId: budgetId, subjectName: name, detail: { limitUsd, period, hard } });
  return {};
});
