import { TargetListPage } from '../../../features/target/target-list-page.tsx';

export const metadata = { title: 'Targets' };

export default function Route() {
  return <TargetListPage />;
}
