import { SecretListPage } from '../../../features/secret/secret-list-page.tsx';

export const metadata = { title: 'Secrets' };

export default function Route() {
  return <SecretListPage />;
}
