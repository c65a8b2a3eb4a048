import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { someCosts } from './support/cost-handlers.ts';
import { someDirectory, someGroups } from './support/directory-handlers.ts';
import { machine, rack } from './support/fleet.ts';
import { changeOnHost, someDocumentChanges } from './support/drift-handlers.ts';
import { someBudgets } from './support/budget-handlers.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { someInvitations, somePeople } from './support/person-handlers.ts';
import { changeBadly } from './support/revision-handlers.ts';
import { giveChannels } from './support/some-channels.ts';
import { manyKeys } from './support/secret-key-handlers.ts';
import { looks as places } from './support/looks.ts';
import { giveLayers } from './support/some-layers.ts';
import { giveTraces } from './support/some-traces.ts';
import { places as pictured } from './support/places.ts';
import { giveTeams } from './support/some-teams.ts';
import { careId, heldItemId } from './support/team-ids.ts';
import { someProvider } from './support/sso-handlers.ts';
import { makeBackup } from './support/state-handlers.ts';
import { makeWorld, oneOfEach, password, tellEvent, type World } from './support/world.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
type Opened = [string, string, (page: Page) => Promise<void>];
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();
const chooseInMenu = (name: RegExp) => async (page: Page) => {
  await press('More')(page);
  await page.getByRole('menuitem', { name }).click();
};
const managePerson = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: 'Manage' }).nth(2).click();
  await page.getByRole('menuitem', { name }).click();
};
const addTotp = async (page: Page) => {
  await press('Add an authenticator app…')(page);
  await page.getByRole('dialog').getByLabel('Your passphrase').fill(password);
  await press('Continue')(page);
  await page.getByRole('img', { name: /^Picture to scan/ }).waitFor();
};
/** What is opened on a page. */
const opened: Opened[] = [
  [
    'models and limits',
    '/connectors',
    async (page) => {
      await pictured['connector-rules']?.act?.(page);
    },
  ],
  ['the menu', '/bots/@archivist', press('More')],
  ['cloning', '/bots/@concierge', chooseInMenu(/^Clone/)],
  ['destroying', '/bots/@concierge', chooseInMenu(/^Destroy/)],
  ['moving', '/bots/@concierge', chooseInMenu(/^Move/)],
  ['restoring a backup', '/bots/@concierge?tab=backups', press('Restore…')],
  [
    'restoring a backup as a new bot',
    '/bots/@concierge?tab=backups',
    async (page) => {
      await press('Restore…')(page);
      await page.getByRole('radio', { name: /^As a new bot/ }).check();
    },
  ],
  ['deleting a backup', '/bots/@concierge?tab=backups', press('Delete')],
  ['what an operation does', '/bots/@concierge?tab=backups', press('Back up now')],
  [
    'what the doctor found',
    '/bots/@researcher?tab=doctor',
    async (page) => {
      await press('Run the doctor')(page);
      await page.getByText(/expected: our baseline/).click();
    },
  ],
  ['the question before a repair', '/bots/@researcher?tab=doctor', press('Repair…')],
  [
    'what a repair did',
    '/bots/@researcher?tab=doctor',
    async (page) => {
      await press('Repair…')(page);
      await press('Stop and repair it')(page);
      await page.getByText(/findings? before/).waitFor();
    },
  ],
  [
    'what is known of an event',
    '/audit',
    async (page) => {
      await page.getByRole('list', { name: 'Events' }).getByRole('button').first().click();
    },
  ],
  ['what a verification found', '/audit', press('Verify')],
  ['managing a person', '/settings?section=people', press('Manage')],
  ['removing a person', '/settings?section=people', managePerson(/^Remove/)],
  ['changing a role', '/settings?section=people', managePerson(/^Change the role/)],
  ['adding an authenticator app', '/settings', addTotp],
  ['removing the account', '/settings', press('Remove my account…')],
  ['removing a directory', '/settings?section=sso', press('Remove directory…')],
  ['inviting', '/settings?section=people', press('Invite someone')],
  ['the emergency stop', '/bots', press('Emergency stop')],
  [
    'the review of a change of a bot',
    '/bots/@concierge?tab=configuration',
    async (page) => {
      await page.getByLabel('Role').fill('You plan journeys.');
      await press('Review and save…')(page);
      await page.getByText('It concerns 1 bot').waitFor();
    },
  ],
  [
    'why a value is so',
    '/bots/@concierge?tab=configuration',
    (page) => page.getByText('openclaw.tools.allow', { exact: true }).click(),
  ],
  ['adopting what was changed on a host', '/bots/@courier?tab=configuration', press('Adopt…')],
  [
    'what can be configured of many bots',
    '/bots',
    async (page) => {
      await page.getByLabel('Select all that are loaded').check();
      await press('Configure')(page);
    },
  ],
  [
    'attaching a profile to many bots',
    '/bots',
    async (page) => {
      await page.getByLabel('Select all that are loaded').check();
      await press('Configure')(page);
      await page.getByRole('menuitem', { name: /^Attach a profile/ }).click();
      await page.getByLabel('Profile', { exact: true }).selectOption('House style');
      await page.getByText('It concerns').waitFor();
    },
  ],
  [
    'a skill that is held back',
    '/configuration?tab=skills',
    async (page) => {
      await page.getByRole('button', { name: 'Look at it tidy-inbox' }).click();
      await press('notes/setup.md, line 3')(page);
    },
  ],
  [
    'approving a skill',
    '/configuration?tab=skills',
    async (page) => {
      await page.getByRole('button', { name: 'Look at it tidy-inbox' }).click();
      await press('Approve…')(page);
    },
  ],
  ['choosing a skill', '/bots/@concierge?tab=configuration', press('Choose a skill…')],
  ['choosing a skill for many bots', '/configuration?tab=profiles&open=new', press('Choose a skill…')],
  ['rotating a secret', '/secrets?open=%Discord_bot_token', press('Rotate…')],
  [
    'a rotation that was halted',
    '/secrets?open=%Discord_bot_token',
    async (page) => {
      await press('Rotate…')(page);
      await page.getByLabel('New value').fill('another-value');
      await press('Try and rotate')(page);
      await page.getByText('Halted', { exact: true }).waitFor();
    },
  ],
  ['revoking a secret', '/secrets?open=%Slack_bot_token', press('Revoke…')],
  ['changing a secret', '/secrets?open=%Slack_bot_token', press('Change…')],
  [
    'the account of a new channel',
    '/connectors/channels?open=new',
    (page) => page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click(),
  ],
  ['how a bot differs from its channel', '/connectors/channels?open=%Community', press('Differ… concierge')],
  ['other tokens of a channel', '/connectors/channels?open=%Community', press('Other tokens…')],
  ['lifting a budget', '/cost/budgets?open=%Support', press('Lift…')],
  ['giving a bot a channel', '/bots/@researcher?tab=channels', press('Give it a channel…')],
  ['linking a phone', '/bots/@concierge?tab=channels', press('Link by phone…')],
  ['writing a rule', `/teams/${careId}?tab=rules`, press('Change Refunds are looked at')],
  ['setting a goal', `/teams/${careId}?tab=goals`, press('Set a goal')],
  ['asking a team', `/teams/${careId}?tab=delegations`, press('Ask the team')],
  ['refusing what waits', `/inbox?open=${heldItemId}`, press('Refuse…')],
  ['adding a notifier', '/settings?section=notifiers', press('Add a notifier')],
  ['a toast', '/bots/@concierge', press('Pause')],
  [
    'what the emergency stop did',
    '/bots',
    async (page) => {
      await press('Emergency stop')(page);
      await page.getByRole('radio', { name: /^Pause/ }).check();
      await press('Pause all bots now')(page);
      await page.getByText('confirmed within 5 s').waitFor();
    },
  ],
];

type Axe = {
  run(options: { resultTypes: string[] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
};

describe('accessibility', () => {
  const visit = dashboardInBrowser();

  const looks = [
    ['light', 1280],
    ['dark', 360],
  ] as const;
  const cases = Object.entries(places).flatMap(([what, paths]) =>
    looks.map(([colorScheme, width]) => ({ what, paths, colorScheme, width })),
  );

  test.concurrent.each(cases)(
    'axe finds nothing, nothing jumps and nothing is cut off: $what, in $colorScheme and $width pixels wide',
    async ({ paths, colorScheme, width }) => {
      const world = fullWorld();
      for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
      const options = { colorScheme, bypassCSP: true, viewport: { width, height: 740 } };
      const { page, faults, leave } = await visit(world, options);
      const found: string[] = [];
      for (const place of paths) {
        await open(page, place, world);
        const shift = await page.evaluate(layoutShift);
        if (shift.sum > 0.02) found.push(`${place}: layout shift ${shift.sum.toFixed(3)} of ${shift.of.join(', ')}`);
        found.push(...(await faultsOf(page)).map((fault) => `${place}: ${fault}`));
      }
      expect(found).toEqual([]);
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
      await leave();
    },
  );

  test.concurrent.each(looks)(
    'axe finds nothing while no changes are taken, in %s and %i pixels wide',
    async (colorScheme, width) => {
      const world = Object.assign(fullWorld(), {
        whyReadOnly: "The database's disk is full: free some space there",
        overtaken: 'A newer copy of this Clawster is at work: use that',
      });
      const options = { colorScheme, bypassCSP: true, viewport: { width, height: 740 } };
      const { page, leave } = await visit(world, options);
      await open(page, '/bots', world);
      await page.getByRole('region', { name: 'State of Clawster' }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await leave();
    },
  );

  test.concurrent.each(looks)(
    'axe finds nothing in what is opened on a page, in %s and %i pixels wide',
    async (colorScheme, width) => {
      const world = fullWorld();
      const options = { colorScheme, bypassCSP: true, viewport: { width, height: 740 } };
      const { page, leave } = await visit(world, options);
      const found: string[] = [];
      for (const [name, place, act] of opened) {
        await open(page, place, world);
        await act(page);
        await page.waitForTimeout(500);
        found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
      }
      expect(found).toEqual([]);
      await leave();
    },
  );
});

/** One of everything. */
function fullWorld(): World {
  const bots = oneOfEach();
  const world = makeWorld(bots, {
    identityProvider: someProvider(),
    directory: someDirectory(),
    directoryGroups: someGroups(),
    targets: [machine, rack],
    backups: bots.map((bot) => makeBackup(bot)),
    people: somePeople(),
    invitations: someInvitations(),
    secretKeys: manyKeys(),
  });
  giveLayers(world);
  giveChannels(world);
  giveTraces(world);
  world.costs = someCosts(world);
  const [courier, scribe] = ['courier', 'scribe'].map((name) => bots.find((bot) => bot.name === name));
  world.refusing.add('researcher');
  if (courier) changeOnHost(world, courier, someDocumentChanges);
  if (scribe) changeBadly(world, scribe);
  world.budgets = someBudgets(world);
  giveTeams(world);
  return world;
}

async function open(page: Page, place: string, world: World): Promise<void> {
  const things = [...world.budgets, ...world.channels, ...world.secrets];
  const path = place
    .replace(/@(\w+)/, (_, name) => world.bots.find((bot) => bot.name === name)?.id ?? '')
    .replace(/%(\w+)/, (_, name) => things.find((thing) => thing.name.replaceAll(' ', '_') === name)?.id ?? '');
  await page.goto(path);
  await page.waitForLoadState('load');
  await page.getByRole('heading').first().waitFor();
  await page.waitForTimeout(600);
}

/** What axe says against it, and what does not fit the screen. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  // What passes is not told apart for every element.
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  );
  const { wider, longer } = await page.evaluate(overflow);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`),
    ...(wider > 0 ? [`${wider} pixels too wide`] : []),
    ...(longer > 0 ? [`${longer} pixels too long`] : []),
  ];
}

/** Runs in the page: how far it is wider than the screen, and longer, where it is the page within it that scrolls. */
function overflow(): { wider: number; longer: number } {
  const main = document.querySelector('main') ?? document.body;
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
  const wider = Math.max(scrollWidth - clientWidth, main.scrollWidth - main.clientWidth);
  return { wider, longer: main.id === 'main' ? scrollHeight - clientHeight : 0 };
}

type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Element }[] };

/** Runs in the page: how much moved without anyone asking, and what that was. */
function layoutShift(): Promise<{ sum: number; of: string[] }> {
  return new Promise((resolve) => {
    let sum = 0;
    const of: string[] = [];
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, value, sources } of list.getEntries() as Shift[]) {
        if (hadRecentInput) continue;
        sum += value;
        of.push(...sources.map(({ node }) => `${node?.nodeName} ${node?.textContent.slice(0, 40)}`));
      }
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve({ sum, of }), 50);
  });
}
