import { TeamsPage } from '../../../features/team/teams-page.tsx';

export const metadata = { title: 'Teams' };

export default function Route() {
  return <TeamsPage />;
}
