import { EventListPage } from '../../../features/event/event-list-page.tsx';

export const metadata = { title: 'Audit' };

export default function Route() {
  return <EventListPage />;
}
