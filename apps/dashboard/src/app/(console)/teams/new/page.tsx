import { NewTeamPage } from '../../../../features/team/create/new-team-page.tsx';

export const metadata = { title: 'New team' };

export default function Route() {
  return <NewTeamPage />;
}
