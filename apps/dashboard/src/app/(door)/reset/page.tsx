import { ResetPage } from '../../../features/password-reset/reset-page.tsx';

export const metadata = { title: 'New passphrase' };

export default function Route() {
  return <ResetPage />;
}
