import { ForgotPage } from '../../../../features/password-reset/forgot-page.tsx';

export const metadata = { title: 'Forgotten passphrase' };

export default function Route() {
  return <ForgotPage />;
}
