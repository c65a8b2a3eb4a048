import { ChannelListPage } from '../../../../features/channel/channel-list-page.tsx';

export const metadata = { title: 'Channels' };

export default function Route() {
  return <ChannelListPage />;
}
