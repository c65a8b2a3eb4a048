import type { ChannelStatus } from '@clawster/contract/channel';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { silenceMsMax } from '../bot/phase.ts';

/** What a bot's supervisor said last of one of its channels. */
export type SeenChannel = {
  channel: ChannelKind;
  state: Exclude<ChannelStatus['state'], 'stopped' | 'unknown'>;
  detail: string;
  checkedAt: string;
  lastInboundAt?: string | undefined;
  lastOutboundAt?: string | undefined;
  linkedAs?: string | undefined;
};
type Heard = { seen: SeenChannel | undefined; desired: string; heardAt: Date | undefined; now: Date };

/** How a channel of a bot is: what was seen of it, and never more than that. What is older than a silence reads unknown. */
export function channelStatus({ seen, desired, heardAt, now }: Heard): ChannelStatus {
  if (desired === 'stopped') return { state: 'stopped', detail: 'The bot is stopped' };
  if (!heardAt || now.getTime() - heardAt.getTime() > silenceMsMax)
    return { state: 'unknown', detail: 'The bot has not been heard from', ...lastSeen(seen) };
  if (!seen)
    return { state: 'connecting', detail: 'The bot has not told of it yet: it is taking its configuration over' };
  const { state, detail } = seen;
  return { state, detail, ...lastSeen(seen) };
}

function lastSeen(seen: SeenChannel | undefined): Omit<ChannelStatus, 'state' | 'detail'> {
  if (!seen) return {};
  const { checkedAt, lastInboundAt, lastOutboundAt, linkedAs } = seen;
  return {
    seenAt: checkedAt,
    ...(lastInboundAt ? { lastInboundAt } : {}),
    ...(lastOutboundAt ? { lastOutboundAt } : {}),
    ...(linkedAs ? { linkedAs } : {}),
  };
}
