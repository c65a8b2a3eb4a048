import { BudgetsPage } from '../../../../features/budget/budgets-page.tsx';

export const metadata = { title: 'Budgets' };

export default function Route() {
  return <BudgetsPage />;
}
