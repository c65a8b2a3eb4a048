import type { Channel } from '@clawster/contract/channel';
import { type ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { attach } from './channel-handlers.ts';
import { ago } from './fleet.ts';
import { keepSecret, type StandInSecret } from './secret-handlers.ts';
import type { World } from './world.ts';

const day = 86_400;

/** A white square with a black one in it: what a phone would scan. */
export const code =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxwYXRoIGZpbGw9IiNmZmYiIGQ9Ik0wIDBoOXY5SDB6Ii8+PHBhdGggZD0iTTEgMWgzdjNIMXpNNSAxaDN2M0g1ek0xIDVoM3YzSDF6TTUgNWgxdjFINXpNNyA3aDF2MUg3eiIvPjwvc3ZnPg==';

/** Secrets that are kept in other stores: one is well, one cannot be read. */
export function giveSources(world: World): void {
  const source = { kind: 'aws-secrets-manager', secretId: 'bots/model' } as const;
  keepSecret(world, { name: 'Model key', source });
  const pager = keepSecret(world, {
    name: 'Pager key',
    source: { kind: 'vault-kv', mount: 'secret', path: 'bots/pager', field: 'token' },
  });
  pager.readAt = ago(2 * day);
  pager.readTrouble = 'The vault does not let Clawster read secret/bots/pager: allow it to, or name another secret';
}

/** Secrets in each state of age, channels of each kind, and people who wait to be let in. */
export function giveChannels(world: World): void {
  const telegram = aged(keepSecret(world, { name: 'Telegram bot token', rotateDays: 90 }), 80 * day);
  const slack = aged(keepSecret(world, { name: 'Slack bot token', note: 'From the app Acme Helper' }), 20 * day);
  const app = aged(keepSecret(world, { name: 'Slack app token', rotateDays: 15 }), 20 * day);
  const discord = aged(keepSecret(world, { name: 'Discord bot token', expiresAt: ago(day) }), 40 * day);
  keepSecret(world, { name: 'Spare Telegram token', note: 'For the next bot' });
  const channels = [
    channelOf('Support line', 'telegram', [['bot-token', telegram]]),
    channelOf('Helpdesk', 'slack', [
      ['bot-token', slack],
      ['app-token', app],
    ]),
    channelOf('Community', 'discord', [['bot-token', discord]]),
    channelOf('Orders', 'whatsapp', []),
  ];
  world.channels.push(...channels);
  const bot = world.bots.find(({ name }) => name === 'concierge');
  if (!bot) return;
  for (const channel of channels) attach(world, channel, { botId: bot.id, settings: {} });
  const researcher = world.bots.find(({ name }) => name === 'researcher');
  const [, , community] = channels;
  if (community) {
    community.check = { ok: false, message: 'Discord answered 401: the token is not right', checkedAt: ago(400) };
    if (researcher) attach(world, community, { botId: researcher.id, settings: { dmPolicy: 'disabled' } });
    world.links.set(`${bot.id} ${community.id}`, {
      codes: [],
      status: { state: 'disconnected', detail: 'Discord refused the token (401): give it another', seenAt: ago(12) },
    });
  }
  for (const { secretId } of channels.flatMap(({ secrets }) => secrets)) given(world, secretId, [bot.name]);
  world.pairings.set(bot.id, [
    {
      requestId: 'req-1',
      kind: 'telegram',
      account: 'default',
      senderId: '4211',
      senderName: 'Grace',
      requestedAt: ago(300),
    },
    { requestId: 'req-2', kind: 'telegram', account: 'default', senderId: '9912', requestedAt: ago(60) },
  ]);
}

function given(world: World, secretId: string, names: string[]): void {
  const secret = world.secrets.find(({ id }) => id === secretId);
  if (!secret) return;
  secret.deliveredAt = ago(3600);
  secret.accesses = world.bots
    .filter(({ name }) => names.includes(name))
    .map(({ id, name }) => ({
      botId: id,
      botName: name,
      version: 1,
      firstAt: ago(20 * day),
      lastAt: ago(3600),
      count: 14,
      proof: { ok: true, text: 'The service took it from the running bot', at: ago(3600) },
    }));
}

function aged(secret: StandInSecret, seconds: number): StandInSecret {
  for (const version of secret.versions) version.createdAt = ago(seconds);
  return secret;
}

function channelOf(name: string, kind: ChannelKind, secrets: [string, StandInSecret][]): Channel {
  return {
    id: crypto.randomUUID(),
    name,
    kind,
    settings: ChannelSettings.parse({}),
    attachments: [],
    botCount: 0,
    secrets: secrets.map(([field, { id, name: secretName }]) => ({
      field,
      secretId: id,
      name: secretName,
      version: 1,
    })),
    ...(kind === 'whatsapp'
      ? {}
      : { check: { ok: true, message: 'Answered in 0.2 s', account: `@acme_${kind}`, checkedAt: ago(900) } }),
    createdAt: ago(20 * day),
    updatedAt: ago(20 * day),
  };
}
