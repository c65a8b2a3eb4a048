import { HealthPage } from '../../../features/health/health-page.tsx';

export const metadata = { title: 'Health' };

export default function Route() {
  return <HealthPage />;
}
