import { CreateBotPage } from '../../../../features/bot/create/create-bot-page.tsx';

export const metadata = { title: 'New bot' };

export default function Route() {
  return <CreateBotPage />;
}
