import { BotListPage } from '../../../features/bot/bot-list-page.tsx';

export const metadata = { title: 'Bots' };

export default function Route() {
  return <BotListPage />;
}
