import type { BotChannel, Channel } from '@clawster/contract/channel';
import { whyNotAttach } from '@clawster/domain/channel/channels-of';
import { channelFacts } from '@clawster/domain/channel/kinds';

/** Why a channel cannot be given to a bot that has these, by the rules of the server; undefined when it can. */
export function whyNotGive(
  channel: Channel,
  has: readonly Pick<BotChannel, 'channelId' | 'kind' | 'name'>[],
): string | undefined {
  if (has.some(({ channelId }) => channelId === channel.id)) return 'It has this one';
  const other = has.find(({ kind }) => kind === channel.kind);
  if (other) return `It has ${other.name} already: a bot has one ${channelFacts[channel.kind].name} channel at most`;
  return whyNotAttach(
    channel,
    {},
    channel.attachments.flatMap(({ botName }) => botName ?? []),
  );
}
