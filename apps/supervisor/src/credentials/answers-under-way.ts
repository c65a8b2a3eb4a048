import type { GatewayClient } from '@clawster/gateway/client';
import { SessionList } from '@clawster/gateway/protocol';
import type { ChannelKind } from '@clawster/link/channel';

/** The conversations of a channel in which an answer is on its way: it goes out with the value that its channel had when it began. */
export async function answersUnderWay(client: GatewayClient, channel: ChannelKind): Promise<Set<string>> {
  const { sessions } = SessionList.parse(await client.call('sessions.list', { limit: 500 }));
  const busy = sessions.filter(({ key, hasActiveRun }) => hasActiveRun && key.includes(`:${channel}:`));
  return new Set(busy.map(({ key }) => key));
}
