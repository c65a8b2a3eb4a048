import { RuntimeListPage } from '../../../features/runtime/runtime-list-page.tsx';

export const metadata = { title: 'Runtimes' };

export default function Route() {
  return <RuntimeListPage />;
}
