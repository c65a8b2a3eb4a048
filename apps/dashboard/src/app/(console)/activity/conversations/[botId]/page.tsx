import { ConversationPage } from '../../../../../features/activity/conversation-page.tsx';

export const metadata = { title: 'Conversation' };

export default async function Route({ params }: { params: Promise<{ botId: string }> }) {
  return <ConversationPage botId={(await params).botId} />;
}
