import { InboxPage } from '../../../features/inbox/inbox-page.tsx';

export const metadata = { title: 'Inbox' };

export default function Route() {
  return <InboxPage />;
}
