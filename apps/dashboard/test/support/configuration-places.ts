import type { BotDrift } from '@clawster/contract/drift';
import type { Page } from 'playwright-core';
import { changeOnHost, someDocumentChanges, someForeignChanges } from './drift-handlers.ts';
import { type Place, press } from './place.ts';
import { changeBot, judgeBad } from './revision-handlers.ts';
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
const changedBadly = (world: World) => {
  const bot = world.bots.find(({ name }) => name === 'concierge');
  if (!bot) return;
  changeBot(world, bot, { settings: { identity: { role: 'You shout.' } }, reason: 'A joke' });
  judgeBad(world, bot, 'OpenClaw refuses the configuration: <root>: Unrecognized key: "nonsense"');
};

/** What a bot is to be, and was. */
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
  'drift-adopt': {
    path: '/bots/concierge?tab=configuration',
    before: changedOnHost(someDocumentChanges),
    act: press('Adopt…'),
  },
  'revision-bad': { path: '/bots/concierge?tab=configuration', before: changedBadly },
  'revisions-bad': { path: '/bots/concierge?tab=revisions', before: changedBadly },
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
