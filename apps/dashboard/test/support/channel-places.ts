import type { Page } from 'playwright-core';
import { linkOf } from './channel-handlers.ts';
import { type Place, press } from './place.ts';
import { code, giveChannels, giveSources } from './some-channels.ts';
import type { World } from './world.ts';

/** One that its service refuses is left out of nothing: all of them are there, and a bot that refuses another value. */
const withStuckBot = (world: World) => {
  giveChannels(world);
  world.refusing.add('researcher');
  world.stepMs = 300;
};
const withCode = (world: World) => {
  giveChannels(world);
  const bot = world.bots.find(({ name }) => name === 'concierge');
  const orders = world.channels.find(({ kind }) => kind === 'whatsapp');
  if (bot && orders) linkOf(world, { botId: bot.id, channelId: orders.id }).codes.push(code);
};

export const openSecret = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();
export const openChannel = (name: string) => press(`Open ${name}`);
const rotate = async (page: Page) => {
  await openSecret('Discord bot token')(page);
  await press('Rotate…')(page);
  await page.getByRole('region', { name: 'What it touches' }).waitFor();
};
const toAccount = async (page: Page) => {
  await press('Add a channel')(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
};

/** Secrets, their rotations, and the channels they are for. */
export const channelPlaces: Record<string, Place> = {
  secrets: { path: '/secrets', before: giveChannels },
  'secrets-none': { path: '/secrets' },
  secret: { path: '/secrets', before: giveChannels, act: openSecret('Slack app token') },
  'secret-keep': { path: '/secrets', before: giveChannels, act: press('Keep a secret') },
  'secret-keep-elsewhere': {
    path: '/secrets',
    before: giveSources,
    act: async (page) => {
      await press('Keep a secret')(page);
      await page.getByLabel('Kept').selectOption('vault-kv');
    },
  },
  'secrets-elsewhere': { path: '/secrets', before: giveSources },
  'secret-elsewhere': { path: '/secrets', before: giveSources, act: openSecret('Pager key') },
  'secret-rotate': { path: '/secrets', before: giveChannels, act: rotate },
  'secret-halted': {
    path: '/secrets',
    before: withStuckBot,
    act: async (page) => {
      await rotate(page);
      await page.getByLabel('New value').fill('another-value');
      await press('Try and rotate')(page);
      await page.getByText('Halted').waitFor();
    },
  },
  'secret-revoke': {
    path: '/secrets',
    before: giveChannels,
    act: async (page) => {
      await openSecret('Telegram bot token')(page);
      await press('Revoke…')(page);
    },
  },
  channels: { path: '/connectors/channels', before: giveChannels },
  'channels-none': { path: '/connectors/channels' },
  'channel-add': { path: '/connectors/channels', before: giveChannels, act: press('Add a channel') },
  'channel-add-account': { path: '/connectors/channels', before: giveChannels, act: toAccount },
  channel: { path: '/connectors/channels', before: giveChannels, act: openChannel('Support line') },
  'channel-differ': {
    path: '/connectors/channels',
    before: giveChannels,
    act: async (page) => {
      await openChannel('Community')(page);
      await press('Differ… researcher')(page);
    },
  },
  'bot-channels': { path: '/bots/concierge?tab=channels', before: giveChannels },
  'bot-channels-none': { path: '/bots/support?tab=channels', before: giveChannels },
  'bot-give-channel': { path: '/bots/researcher?tab=channels', before: giveChannels, act: press('Give it a channel…') },
  'bot-link': {
    path: '/bots/concierge?tab=channels',
    before: withCode,
    act: async (page) => {
      await press('Link by phone…')(page);
      await page.getByRole('img', { name: 'Code to scan with WhatsApp' }).waitFor();
    },
  },
  'home-secrets': { path: '/', before: giveChannels },
  'create-channels': { path: '/bots/new?step=model', before: giveChannels },
};
