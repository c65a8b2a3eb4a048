import type { ChannelKind, ChannelOverrides, ChannelSettings } from '@clawster/contract/channel-settings';
import type { Labels } from '@clawster/contract/label';
import type { SettingIssue } from '../config/settable.ts';
import { channelFacts } from './kinds.ts';

export type StoredAttachment = {
  id: string;
  botId: string | undefined;
  selector: Labels | undefined;
  settings: ChannelOverrides;
};
export type StoredChannel = {
  id: string;
  name: string;
  kind: ChannelKind;
  settings: ChannelSettings;
  /** Its credentials were revoked, and no others given. */
  isShut?: boolean;
  attachments: readonly StoredAttachment[];
};

/** A channel as a bot has it: its settings are the channel's with what the bot does otherwise. */
export type ChannelOfBot = Omit<StoredChannel, 'attachments'> & { attachment: StoredAttachment };

type Attachable = { id: string; labels: Labels };

/** The channels of a bot, by kind. Of two attachments of one channel, the one by name decides how it differs. */
export function channelsOf(bot: Attachable, channels: readonly StoredChannel[]): ChannelOfBot[] {
  return channels
    .flatMap(({ attachments, ...channel }) => {
      const attachment = attachmentOf(bot, attachments);
      if (!attachment) return [];
      return [{ ...channel, attachment, settings: { ...channel.settings, ...withoutUndefined(attachment.settings) } }];
    })
    .toSorted((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name));
}

function attachmentOf(
  { id, labels }: Attachable,
  attachments: readonly StoredAttachment[],
): StoredAttachment | undefined {
  return (
    attachments.find(({ botId }) => botId === id) ??
    attachments.find(
      ({ selector }) => selector && Object.entries(selector).every(([name, value]) => labels[name] === value),
    )
  );
}

function withoutUndefined(overrides: ChannelOverrides): Partial<ChannelSettings> {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

/** What keeps a bot from having these channels together. */
export function whyNotTogether(channels: readonly ChannelOfBot[]): SettingIssue[] {
  return channels.flatMap((channel, index) => {
    const before = channels[index - 1];
    if (before?.kind !== channel.kind) return [];
    const { name } = channelFacts[channel.kind];
    const message = `A bot has one ${name} channel at most, and would have ${before.name} and ${channel.name}: detach one`;
    return [{ path: `openclaw.channels.${channel.kind}`, message }];
  });
}

/** Why a channel cannot be attached so, or undefined when it can. `others`: bots that have it already. */
export function whyNotAttach(
  { name, kind }: Pick<StoredChannel, 'name' | 'kind'>,
  attachment: { selector?: Labels | undefined },
  others: readonly string[],
): string | undefined {
  const { onlyOne } = channelFacts[kind];
  if (onlyOne === undefined) return undefined;
  if (attachment.selector) return `${onlyOne}: attach ${name} to one bot by name`;
  const [first] = others;
  if (first === undefined) return undefined;
  return `${onlyOne}, and ${first} has ${name} already: detach it there first, or add a channel of its own`;
}
