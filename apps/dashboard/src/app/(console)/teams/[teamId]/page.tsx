import { TeamPage } from '../../../../features/team/team-page.tsx';

export const metadata = { title: 'Team' };

export default async function Route({ params }: { params: Promise<{ teamId: string }> }) {
  return <TeamPage teamId={(await params).teamId} />;
}
