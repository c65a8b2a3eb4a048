import { ConnectorListPage } from '../../../features/connector/connector-list-page.tsx';

export const metadata = { title: 'Connectors' };

export default function Route() {
  return <ConnectorListPage />;
}
