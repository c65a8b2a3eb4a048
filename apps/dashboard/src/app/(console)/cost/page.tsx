import { CostPage } from '../../../features/cost/cost-page.tsx';

export const metadata = { title: 'Cost' };

export default function Route() {
  return <CostPage />;
}
