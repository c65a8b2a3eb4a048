import type { Layer } from '../config/merge.ts';
import type { ChannelOfBot } from './channels-of.ts';
import { channelDocument } from './document.ts';

/** What the channels of a bot ask of OpenClaw: a layer each, above what layers say and below the baseline. */
export function channelLayers(channels: readonly ChannelOfBot[]): Layer[] {
  return channels.map(({ id, name, kind, settings, isShut }) => ({
    ref: { kind: 'channel', id, name },
    // A lock of a layer does not reach a channel: no layer may say anything of one.
    enforced: true,
    settings: { openclaw: { channels: { [kind]: isShut ? { enabled: false } : channelDocument(kind, settings) } } },
  }));
}
