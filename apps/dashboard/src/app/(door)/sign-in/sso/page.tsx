import { SsoReturn } from '../../../../features/sso/sso-return.tsx';

export const metadata = { title: 'Signing in' };

export default function Route() {
  return <SsoReturn />;
}
