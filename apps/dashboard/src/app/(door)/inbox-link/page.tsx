import { InboxLinkPage } from '../../../features/inbox/inbox-link-page.tsx';

export const metadata = { title: 'Decide' };

export default function Route() {
  return <InboxLinkPage />;
}
