import { BotPage } from '../../../../features/bot/bot-page.tsx';

export const metadata = { title: 'Bot' };

export default async function Route({ params }: { params: Promise<{ botId: string }> }) {
  return <BotPage botId={(await params).botId} />;
}
