import type { Budget, BudgetPeriod } from '@clawster/contract/budget';
import { periodAt } from '@clawster/domain/budget/period';
import type { ChangeContext } from '../change.ts';
import { type NewItem, openItem, withdrawItem } from '../inbox/open-item.ts';
import type { BudgetRow } from './budget.queries.ts';

type Facts = Pick<BudgetRow, 'id' | 'workspaceId' | 'name' | 'limitUsd' | 'period'>;

/** What is put before people when a budget stops its bots: of what does not change while it waits, so that they decide about it. */
export function spentItem({ id, workspaceId, name, limitUsd, period }: Facts): NewItem {
  const amount = `${limitUsd.toFixed(2)} US dollars`;
  return {
    workspaceId,
    kind: 'budget',
    subject: id,
    subjectId: id,
    title: `The budget ${name} is spent, and its bots are stopped`,
    content: [
      { label: 'Limit', text: `${amount} a ${period}`, untrusted: false },
      { label: 'If you approve', text: `Its bots may spend ${amount} more in this ${period}, once`, untrusted: false },
    ],
    decisions: ['approve', 'refuse'],
  };
}

/** Asks people whether the bots of a spent budget may go on, until its period is over. */
export async function askToLift(context: ChangeContext, row: BudgetRow, now: Date): Promise<void> {
  const { endsAt } = periodAt(row.period as BudgetPeriod, now);
  await openItem(context, { ...spentItem(row), expiresAt: endsAt });
}

/** There is something left again: nobody is asked any more. */
export function stopAsking(context: ChangeContext, { id, workspaceId }: Pick<Budget, 'id'> & { workspaceId: string }) {
  const item = { workspaceId, kind: 'budget', subject: id } as const;
  return withdrawItem(context, item, 'There is something left again, or the budget is gone');
}
