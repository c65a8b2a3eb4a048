import type { Channel } from '@clawster/contract/channel';
import type { StoredChannel } from '@clawster/domain/channel/channels-of';

/** What is kept of a channel, as the rules of the product take it. */
export function storedChannel({ id, name, kind, settings, attachments }: Channel): StoredChannel {
  return {
    id,
    name,
    kind,
    settings,
    attachments: attachments.map((one) => ({
      id: one.id,
      botId: one.botId,
      selector: one.selector,
      settings: one.settings,
    })),
  };
}
