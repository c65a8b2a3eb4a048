import { randomUUID } from 'node:crypto';
import type {
  BotChannel,
  Channel,
  ChannelCheck,
  ChannelCredentials,
  ChannelPairing,
  ChannelStatus,
  CreateChannel,
} from '@clawster/contract/channel';
import type { ChannelKind, ChannelOverrides, ChannelSettings } from '@clawster/contract/channel-settings';
import type { Labels } from '@clawster/contract/label';
import { channelsOf, whyNotAttach } from '@clawster/domain/channel/channels-of';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { keepSecret, secretOf } from './secret-handlers.ts';
import { storedChannel } from './stored-channel.ts';
import { type Handler, tellEvent, type World } from './world.ts';

type Named = { channelId: string };
type OfBot = { botId: string };
type Attachment = { botId?: string; selector?: Labels; settings: ChannelOverrides };

/** What a bot's supervisor says of its channels and what a phone does: by `bot channel`, changed by tests as the world would. */
export type StandInLink = { status?: ChannelStatus; codes: string[]; scanned?: boolean };

/** Tokens are not looked at: one that holds `wrong` is refused by its service. */
export const channelHandlers: Record<string, Handler> = {
  'channels.list': (world, { search = '', ...page }: { search?: string; cursor?: string; limit: number }) =>
    pageOf(
      world.channels
        .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
        .map((channel) => counted(world, channel)),
      page,
    ),
  'channels.get': (world, { channelId }: Named) => counted(world, found(world, channelId)),
  'channels.test': (_, { kind, credentials }: Pick<CreateChannel, 'kind' | 'credentials'>) => check(kind, credentials),
  'channels.create': (world, { name, kind, settings, credentials }: CreateChannel) => {
    const checked = check(kind, credentials);
    if (!checked.ok) throw new Refused('refused', checked.message);
    const channel: Channel = {
      id: randomUUID(),
      name,
      kind,
      settings,
      secrets: [],
      attachments: [],
      botCount: 0,
      ...(kind === 'whatsapp' ? {} : { check: checked }),
      createdAt: ago(0),
      updatedAt: ago(0),
    };
    channel.secrets = secretsOf(world, name, credentials);
    world.channels.push(channel);
    tellEvent(world, 'channel-created');
    return channel;
  },
  'channels.update': (
    world,
    {
      channelId,
      name,
      settings,
      credentials,
    }: Named & { name?: string; settings?: ChannelSettings; credentials: ChannelCredentials },
  ) => {
    const channel = found(world, channelId);
    if (Object.keys(credentials).length > 0) {
      channel.check = check(channel.kind, credentials);
      if (!channel.check.ok) throw new Refused('refused', channel.check.message);
      channel.secrets = secretsOf(world, channel.name, credentials);
    }
    Object.assign(channel, name ? { name } : {}, settings ? { settings } : {});
    tellEvent(world, 'channel-updated');
    return counted(world, channel);
  },
  'channels.check': (world, { channelId }: Named) => {
    const channel = found(world, channelId);
    channel.check = check(channel.kind, {});
    tellEvent(world, 'channel-checked');
    return counted(world, channel);
  },
  'channels.delete': (world, { channelId }: Named) => {
    world.channels = world.channels.filter(({ id }) => id !== channelId);
    tellEvent(world, 'channel-deleted');
    return {};
  },
  'channels.attach': (world, { channelId, ...attachment }: Named & Attachment) => {
    const channel = found(world, channelId);
    attach(world, channel, attachment);
    tellEvent(world, 'channel-attached');
    return counted(world, channel);
  },
  'channels.updateAttachment': (
    world,
    { channelId, attachmentId, settings }: Named & { attachmentId: string; settings: ChannelOverrides },
  ) => {
    const channel = found(world, channelId);
    const attachment = channel.attachments.find(({ id }) => id === attachmentId);
    if (attachment) attachment.settings = settings;
    tellEvent(world, 'channel-updated');
    return counted(world, channel);
  },
  'channels.detach': (world, { channelId, attachmentId }: Named & { attachmentId: string }) => {
    const channel = found(world, channelId);
    channel.attachments = channel.attachments.filter(({ id }) => id !== attachmentId);
    tellEvent(world, 'channel-detached');
    return counted(world, channel);
  },
  'channels.ofBot': (world, { botId }: OfBot) => ({ items: channelsOfBot(world, botId) }),
  'channels.probe': (world, { botId }: OfBot) => ({ items: channelsOfBot(world, botId) }),
  'channels.startLogin': (world, asked: OfBot & Named) => {
    const qrDataUrl = linkOf(world, asked).codes.shift();
    if (qrDataUrl) return { connected: false, message: 'Scan the code with WhatsApp', qrDataUrl };
    return { connected: false, message: 'WhatsApp cannot be reached from the bot: check its network' };
  },
  'channels.waitLogin': async (world, { qrDataUrl: shown, ...asked }: OfBot & Named & { qrDataUrl?: string }) => {
    await new Promise((resolve) => setTimeout(resolve, world.stepMs * 2));
    const link = linkOf(world, asked);
    const qrDataUrl = link.codes.shift() ?? shown;
    if (!link.scanned) return { connected: false, message: 'The code was not scanned yet', qrDataUrl };
    link.status = { state: 'connected', detail: 'Linked to a phone', linkedAs: '+49 170 0000000', seenAt: ago(0) };
    tellEvent(world, 'channel-linked', botOf(world, asked.botId));
    return { connected: true, message: 'Linked as +49 170 0000000' };
  },
  'channels.logout': (world, asked: OfBot & Named) => {
    linkOf(world, asked).status = notLinked;
    tellEvent(world, 'channel-unlinked', botOf(world, asked.botId));
    return { message: 'The phone is unlinked' };
  },
  'channels.pairings': (world, { botId }: OfBot) => ({ items: world.pairings.get(botId) ?? [] }),
  'channels.decidePairing': (world, { botId, requestId }: OfBot & Pick<ChannelPairing, 'requestId'>) => {
    const waiting = world.pairings.get(botId) ?? [];
    world.pairings.set(
      botId,
      waiting.filter((one) => one.requestId !== requestId),
    );
    tellEvent(world, 'channel-pairing-decided', botOf(world, botId));
    return {};
  },
};

const notLinked: ChannelStatus = { state: 'not-linked', detail: 'No phone is linked: pair it by the code' };

/** Gives a channel to a bot or to labels, by the rules of the product. */
export function attach(world: World, channel: Channel, { botId, selector, settings }: Attachment): void {
  const others = channel.attachments.flatMap(({ botName }) => botName ?? []);
  const whyNot = whyNotAttach(channel, { selector }, others);
  if (whyNot) throw new Refused('refused', whyNot);
  const botName = botId ? botOf(world, botId).name : undefined;
  channel.attachments.push({ id: randomUUID(), botId, botName, selector, settings });
}

export function linkOf(world: World, { botId, channelId }: OfBot & Named): StandInLink {
  const key = `${botId} ${channelId}`;
  const link = world.links.get(key) ?? { codes: [] };
  world.links.set(key, link);
  return link;
}

function channelsOfBot(world: World, botId: string): BotChannel[] {
  const bot = botOf(world, botId);
  return channelsOf(bot, world.channels.map(storedChannel)).map(({ id, name, kind, settings, attachment }) => ({
    channelId: id,
    name,
    kind,
    settings,
    attachmentId: attachment.id,
    selector: attachment.selector,
    status: statusOf(world, bot.spec.desired, { botId, channelId: id, kind }),
  }));
}

function statusOf(
  world: World,
  desired: string,
  { kind, ...asked }: OfBot & Named & { kind: ChannelKind },
): ChannelStatus {
  if (desired !== 'running') return { state: 'stopped', detail: 'The bot is stopped' };
  const told = linkOf(world, asked).status;
  if (told || kind === 'whatsapp') return told ?? notLinked;
  return { state: 'connected', detail: 'Connected', seenAt: ago(8), lastInboundAt: ago(240), lastOutboundAt: ago(230) };
}

function found(world: World, channelId: string): Channel {
  const channel = world.channels.find(({ id }) => id === channelId);
  if (!channel) throw new Refused('not-found', 'No channel of this workspace has this id');
  return channel;
}

function counted(world: World, channel: Channel): Channel {
  const stored = [storedChannel(channel)];
  return { ...channel, botCount: world.bots.filter((bot) => channelsOf(bot, stored).length > 0).length };
}

function check(kind: ChannelKind, credentials: ChannelCredentials): ChannelCheck {
  const isWrong = Object.values(credentials).some((one) => one && 'value' in one && one.value.includes('wrong'));
  if (isWrong)
    return {
      ok: false,
      message: 'The service answered 401: the token is not right. Copy it again.',
      checkedAt: ago(0),
    };
  return {
    ok: true,
    message: `Answered in 0.2 s`,
    account: kind === 'telegram' ? '@acme_support_bot' : 'acme-support',
    checkedAt: ago(0),
  };
}

function secretsOf(world: World, name: string, credentials: ChannelCredentials): Channel['secrets'] {
  return Object.entries(credentials).flatMap(([field, given]) => {
    if (!given) return [];
    const secret =
      'secretId' in given ? secretOf(world, given.secretId) : keepSecret(world, { name: `${name} ${field}` });
    return [{ field, secretId: secret.id, name: secret.name, version: secret.versions[0]?.version ?? 1 }];
  });
}
