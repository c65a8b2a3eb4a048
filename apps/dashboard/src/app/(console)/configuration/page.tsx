import { ConfigurationPage } from '../../../features/configuration/configuration-page.tsx';

export const metadata = { title: 'Configuration' };

export default function Route() {
  return <ConfigurationPage />;
}
