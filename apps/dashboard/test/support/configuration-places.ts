import type { BotDrift } from '@clawster/contract/drift';
import type { Page } from 'playwright-core';
import { confine, someRefused } from './egress-handlers.ts';
import { changeOnHost, someDocumentChanges, someForeignChanges } from './drift-handlers.ts';
import { choose, type Place, press, selectAll } from './place.ts';
import { changeBadly } from './revision-handlers.ts';
import type { World } from './world.ts';

/** A change of the bot whose page it is, so that there is a second revision. */
const changeRole = async (page: Page) => {
  const settings = { identity: { role: 'You plan journeys for customers of Acme.' } };
  const id = new URL(page.url()).pathname.split('/')[2];
  await page.request.patch(`/api/v1/bots/${id}`, { data: { settings, reason: 'They asked for journeys' } });
  await page.getByText('They asked for journeys').waitFor();
};

const changedOnHost = (files: BotDrift['files']) => (world: World) => {
  const bot = world.bots.find(({ name }) => name === 'concierge');
  if (bot) changeOnHost(world, bot, files);
};
const refusedHosts = (world: World) => {
  const bot = world.bots.find(({ name }) => name === 'concierge');
  if (bot) confine(world, bot, someRefused);
};
const changedBadly = (world: World) => {
  const bot = world.bots.find(({ name }) => name === 'concierge');
  if (bot) changeBadly(world, bot);
};

const configureAll = (item: RegExp) => async (page: Page) => {
  await selectAll(page);
  await choose(item, 'Configure')(page);
};
/** Not all of them could take a profile over. */
const attachToAll = async (page: Page) => {
  await configureAll(/^Attach a profile/)(page);
  await page.getByLabel('Profile', { exact: true }).selectOption('Support');
  await page.getByText('It concerns').waitFor();
};
const contradicting = (world: World) => {
  const bot = world.bots.find(({ name }) => name === 'support');
  if (bot) bot.spec.settings = { openclaw: { messages: 'plain' } };
};

/** What a bot is to be, and was; and that of many. */
export const configurationPlaces: Record<string, Place> = {
  configuration: { path: '/bots/concierge?tab=configuration' },
  'configuration-tools': {
    path: '/bots/concierge?tab=configuration',
    act: (page) => page.getByRole('checkbox', { name: /Read web pages/ }).scrollIntoViewIfNeeded(),
  },
  'configuration-effective': {
    path: '/bots/concierge?tab=configuration',
    act: async (page) => {
      await page.getByText('openclaw.tools.allow', { exact: true }).click();
      await page.getByText('overruled by').first().scrollIntoViewIfNeeded();
    },
  },
  'configuration-review': {
    path: '/bots/concierge?tab=configuration',
    act: async (page) => {
      await page.getByLabel('Role').fill('You plan journeys for customers of Acme.');
      await press('Review and save…')(page);
    },
  },
  drift: { path: '/bots/concierge?tab=configuration', before: changedOnHost(someDocumentChanges) },
  'drift-foreign': { path: '/bots/concierge?tab=configuration', before: changedOnHost(someForeignChanges) },
  'drift-overview': { path: '/bots/concierge?tab=overview', before: changedOnHost(someDocumentChanges) },
  'drift-policy': {
    path: '/bots/concierge?tab=overview',
    act: (page) => page.getByRole('radio', { name: /^Left until/ }).scrollIntoViewIfNeeded(),
  },
  egress: {
    path: '/bots/concierge?tab=configuration',
    before: refusedHosts,
    act: (page) => page.getByRole('region', { name: 'Where it connects to' }).scrollIntoViewIfNeeded(),
  },
  'drift-adopt': {
    path: '/bots/concierge?tab=configuration',
    before: changedOnHost(someDocumentChanges),
    act: press('Adopt…'),
  },
  'revision-bad': { path: '/bots/concierge?tab=configuration', before: changedBadly },
  'revisions-bad': { path: '/bots/concierge?tab=revisions', before: changedBadly },
  'bulk-menu': {
    path: '/bots',
    act: async (page) => {
      await selectAll(page);
      await press('Configure')(page);
    },
  },
  'bulk-attach': { path: '/bots', before: contradicting, act: attachToAll },
  'bulk-results': {
    path: '/bots',
    before: contradicting,
    act: async (page) => {
      await attachToAll(page);
      await press(/^Attach \d/)(page);
    },
  },
  'bulk-upgrade': { path: '/bots', act: configureAll(/^Upgrade template/) },
  revisions: { path: '/bots/concierge?tab=revisions', act: changeRole },
  'revisions-compare': {
    path: '/bots/concierge?tab=revisions',
    act: async (page) => {
      await changeRole(page);
      await press(/^What changed/)(page);
    },
  },
  'revisions-roll-back': {
    path: '/bots/concierge?tab=revisions',
    act: async (page) => {
      await changeRole(page);
      await press('Roll back… to revision 1')(page);
    },
  },
};
