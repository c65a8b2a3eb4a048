import { InvitePage } from '../../../features/invitation/invite-page.tsx';

export const metadata = { title: 'Invitation' };

export default function Route() {
  return <InvitePage />;
}
