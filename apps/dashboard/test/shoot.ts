import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { someDirectory, someGroups } from './support/directory-handlers.ts';
import { machine, rack } from './support/fleet.ts';
import { openBrowser, openDashboard, visit } from './support/open-dashboard.ts';
import { invitationToken, someInvitations, somePeople } from './support/person-handlers.ts';
import { someProvider } from './support/sso-handlers.ts';
import { makeBackup } from './support/state-handlers.ts';
import { makeWorld, oneOfEach, password, tellEvent, threeBots, totpCode } from './support/world.ts';

// Pictures of every page, to be looked at: node apps/dashboard/test/shoot.ts <folder> [page …]
const [folder = 'pictures', ...only] = process.argv.slice(2);

type Place = { path: string; many?: true; act?: (page: Page) => Promise<void> };
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
const choose = (name: RegExp) => async (page: Page) => {
  await press('More')(page);
  await page.getByRole('menuitem', { name }).click();
};
const selectAll = (page: Page) => page.getByLabel('Select all that are loaded').check();
const halt = (mode: RegExp) => async (page: Page) => {
  await press('Emergency stop')(page);
  await page.getByRole('radio', { name: mode }).check();
  await press(/ all bots now/)(page);
};

const manage = (person: string, item?: RegExp) => async (page: Page) => {
  await page.getByRole('listitem').filter({ hasText: person }).getByRole('button', { name: 'Manage' }).click();
  if (item) await page.getByRole('menuitem', { name: item }).click();
};

const addTotp = async (page: Page) => {
  await press('Add an authenticator app…')(page);
  await page.getByRole('dialog').getByLabel('Your passphrase').fill(password);
  await press('Continue')(page);
};

const places: Record<string, Place> = {
  home: { path: '/' },
  'home-many': { path: '/', many: true },
  'home-halted': {
    path: '/bots',
    many: true,
    act: async (page) => {
      await halt(/^Stop/)(page);
      await page.goto('/');
    },
  },
  bots: { path: '/bots' },
  'bots-many': { path: '/bots', many: true },
  'bots-chosen': { path: '/bots', many: true, act: selectAll },
  'bots-results': {
    path: '/bots',
    many: true,
    act: async (page) => {
      await selectAll(page);
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
    },
  },
  'bots-destroyed': { path: '/bots?phase=destroyed', many: true },
  halt: { path: '/bots', many: true, act: press('Emergency stop') },
  'halt-chosen': {
    path: '/bots',
    many: true,
    act: async (page) => {
      await selectAll(page);
      await page.getByRole('region', { name: 'Selected bots' }).getByRole('button', { name: 'Emergency stop' }).click();
    },
  },
  'halt-stopped': { path: '/bots', many: true, act: halt(/^Stop/) },
  'halt-paused': { path: '/bots', many: true, act: halt(/^Pause/) },
  palette: { path: '/bots', many: true, act: (page) => page.keyboard.press('Control+k') },
  new: { path: '/bots/new' },
  'new-model': { path: '/bots/new?step=model' },
  'new-identity': { path: '/bots/new?step=identity' },
  'new-review': { path: '/bots/new?step=review' },
  chat: { path: '/bots/concierge?greet=1' },
  'chat-paused': { path: '/bots/archivist', many: true },
  'chat-stopped': { path: '/bots/gardener', many: true },
  overview: { path: '/bots/concierge?tab=overview' },
  'overview-paused': { path: '/bots/archivist?tab=overview', many: true },
  destroyed: { path: '/bots/herald', many: true },
  menu: { path: '/bots/concierge', act: press('More') },
  'menu-paused': { path: '/bots/archivist', many: true, act: press('More') },
  clone: { path: '/bots/concierge', act: choose(/^Clone/) },
  destroy: { path: '/bots/concierge', act: choose(/^Destroy/) },
  toast: { path: '/bots/concierge', act: press('Pause') },
  logs: { path: '/bots/concierge?tab=logs' },
  doctor: { path: '/bots/concierge?tab=doctor' },
  'doctor-found': {
    path: '/bots/concierge?tab=doctor',
    act: async (page) => {
      await press('Run the doctor')(page);
      await page.getByText(/expected: our baseline/).click();
    },
  },
  repair: { path: '/bots/concierge?tab=doctor', act: press('Repair…') },
  repaired: {
    path: '/bots/concierge?tab=doctor',
    act: async (page) => {
      await press('Repair…')(page);
      await press('Stop and repair it')(page);
      await page.getByText(/findings? before/).waitFor();
    },
  },
  backups: { path: '/bots/concierge?tab=backups' },
  'backups-none': { path: '/bots/support?tab=backups' },
  'backups-running': { path: '/bots/concierge?tab=backups', act: press('Back up now') },
  'backup-restore': {
    path: '/bots/concierge?tab=backups',
    act: async (page) => {
      await press('Restore…')(page);
      await page.getByRole('radio', { name: /^As a new bot/ }).check();
    },
  },
  'backup-delete': { path: '/bots/concierge?tab=backups', act: press('Delete') },
  move: { path: '/bots/concierge', act: choose(/^Move/) },
  'read-only': { path: '/bots' },
  connectors: { path: '/connectors' },
  runtimes: { path: '/runtimes' },
  targets: { path: '/targets' },
  settings: { path: '/settings' },
  'totp-scan': { path: '/settings', act: addTotp },
  'totp-codes': {
    path: '/settings',
    act: async (page) => {
      await addTotp(page);
      await page.getByLabel('Code of the app').fill(totpCode);
      await press('Confirm')(page);
    },
  },
  'second-step': {
    path: '/sign-in',
    act: async (page) => {
      await page.getByLabel('E-mail').fill('ada@example.com');
      await page.getByLabel('Passphrase').fill(password);
      await press('Sign in')(page);
    },
  },
  'account-remove': { path: '/settings', act: press('Remove my account…') },
  keys: { path: '/settings?section=api-keys' },
  people: { path: '/settings?section=people' },
  'people-invite': { path: '/settings?section=people', act: press('Invite someone') },
  roles: { path: '/settings?section=roles' },
  'roles-make': { path: '/settings?section=roles', act: press('Make a role') },
  'people-bindings': { path: '/settings?section=people', act: manage('Annie Easley', /^Roles for some bots/) },
  'audit-sinks': { path: '/audit', act: press('Checkpoints…') },
  'people-menu': { path: '/settings?section=people', act: manage('Annie Easley') },
  'people-role': { path: '/settings?section=people', act: manage('Grace Hopper', /^Change the role/) },
  'people-remove': { path: '/settings?section=people', act: manage('Grace Hopper', /^Remove/) },
  sso: { path: '/settings?section=sso', act: (page) => page.getByText('Sailing club').scrollIntoViewIfNeeded() },
  'directory-connected': {
    path: '/settings?section=sso',
    act: async (page) => {
      await press('Rotate the token…')(page);
      await press('Rotate')(page);
    },
  },
  'directory-remove': { path: '/settings?section=sso', act: press('Remove directory…') },
  'people-link': {
    path: '/settings?section=people',
    act: async (page) => {
      await press('Invite someone')(page);
      await page.getByLabel('E-mail').fill('joan@example.com');
      await press('Make the link')(page);
    },
  },
  invite: { path: `/invite#token=${invitationToken}` },
  'invite-ended': { path: '/invite#token=old' },
  setup: { path: '/setup#token=x' },
  'setup-tokenless': { path: '/setup' },
  'sign-in': { path: '/sign-in' },
  missing: { path: '/no-such-page' },
};
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const;

await mkdir(folder, { recursive: true });
const [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
for (const [look, options] of Object.entries(looks)) {
  for (const [name, { path, many, act }] of Object.entries(places)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const bots = many ? oneOfEach() : threeBots();
    const world = makeWorld(bots, {
      identityProvider: someProvider(),
      directory: someDirectory(),
      directoryGroups: someGroups(),
      isSetUp: !name.startsWith('setup'),
      stepMs: 5_000,
      targets: [machine, rack],
      people: somePeople(),
      invitations: someInvitations(),
      backups: bots
        .slice(0, 2)
        .flatMap((bot) => [makeBackup(bot, undefined, 90_000), makeBackup(bot, undefined, 3_000)]),
      ...(name === 'second-step' ? { totpSince: new Date().toISOString(), signedIn: false } : {}),
      ...(name === 'read-only' ? { whyReadOnly: "The database's disk is full: free some space there" } : {}),
    });
    for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
    const { page, faults, leave } = await visit(browser, dashboard, world, options);
    await page.goto(path.replace(/bots\/([a-z]+)/, (whole, bot) => pathOf(world.bots, bot) ?? whole));
    await page.waitForTimeout(2000);
    await act?.(page);
    if (act) await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    if (faults.length > 0) process.stdout.write(`${name} ${look}: ${faults.join('\n')}\n`);
    await leave();
  }
}
dashboard.stop();
await browser.close();

function pathOf(bots: { id: string; name: string }[], wanted: string): string | undefined {
  const bot = bots.find(({ name }) => name === wanted);
  return bot && `bots/${bot.id}`;
}
