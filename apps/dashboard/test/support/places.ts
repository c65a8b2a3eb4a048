import type { Page } from 'playwright-core';
import { activityPlaces } from './activity-places.ts';
import { auditPlaces } from './audit-places.ts';
import { budgetPlaces } from './budget-places.ts';
import { channelPlaces } from './channel-places.ts';
import { costPlaces } from './cost-places.ts';
import { configurationPlaces } from './configuration-places.ts';
import { healthPlaces } from './health-places.ts';
import { invitationToken, resetToken } from './person-handlers.ts';
import { choose, type Place, press, selectAll } from './place.ts';
import { exporterPlaces } from './exporter-places.ts';
import { teamPlaces } from './team-places.ts';
import { skillPlaces } from './skill-places.ts';
import { targetPlaces } from './target-places.ts';
import { password, totpCode } from './world.ts';
import { scanPlaces } from './scan-places.ts';
import { manyKeys } from './secret-key-handlers.ts';

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

const attach = async (page: Page) => {
  await press('Add a provider')(page);
  await page.getByLabel('API key').fill('right');
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill('gpt-6-sol');
  await press('Test and save')(page);
  await page.getByText('OpenAI was added.').waitFor();
};

const giveToBots = async (page: Page) => {
  await page
    .getByRole('listitem')
    .filter({ hasText: 'gpt-6-sol' })
    .getByRole('button', { name: 'Give to bots' })
    .click();
  for (const box of (await page.getByRole('dialog').getByRole('checkbox').all()).slice(0, 2)) await box.check();
  await page.getByText('It concerns 2 bots').waitFor();
};

/** What pictures are made of: a page, and what is done on it first. */
export const places: Record<string, Place> = {
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
  ...configurationPlaces,
  ...healthPlaces,
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
  templates: { path: '/configuration' },
  template: { path: '/configuration', act: press(/^Help desk/) },
  'template-edit': { path: '/configuration?open=new', act: press('Add a question') },
  profiles: { path: '/configuration?tab=profiles' },
  'profile-edit': { path: '/configuration?tab=profiles', act: press('Change Support') },
  overlays: { path: '/configuration?tab=overlays' },
  'overlay-edit': { path: '/configuration?tab=overlays', act: press('Change Holiday replies') },
  ...skillPlaces,
  ...budgetPlaces,
  ...teamPlaces,
  ...channelPlaces,
  ...activityPlaces,
  connectors: { path: '/connectors', act: attach },
  'connector-give': {
    path: '/connectors',
    act: async (page) => {
      await attach(page);
      await giveToBots(page);
    },
  },
  'connector-add': { path: '/connectors', act: press('Add a provider') },
  'connector-rules': {
    path: '/connectors',
    act: async (page) => {
      await attach(page);
      await press('Models and limits')(page);
      await press('Add a stand-in')(page);
    },
  },
  ...targetPlaces,
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
  ...auditPlaces,
  'people-menu': { path: '/settings?section=people', act: manage('Annie Easley') },
  'people-role': { path: '/settings?section=people', act: manage('Grace Hopper', /^Change the role/) },
  'people-remove': { path: '/settings?section=people', act: manage('Grace Hopper', /^Remove/) },
  ...scanPlaces,
  ...costPlaces,
  ...exporterPlaces,
  'secret-keys': { path: '/settings?section=security' },
  'secret-keys-trouble': {
    path: '/settings?section=security',
    before: (world) => {
      world.secretKeys = manyKeys();
    },
    act: (page) => page.getByText('retired data key').scrollIntoViewIfNeeded(),
  },
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
  forgotten: { path: '/sign-in/forgot' },
  'forgotten-mail': { path: '/sign-in/forgot' },
  'forgotten-asked': {
    path: '/sign-in/forgot',
    act: async (page) => {
      await page.getByLabel('E-mail').fill('ada@example.com');
      await press('Mail me a link')(page);
    },
  },
  reset: { path: `/reset#token=${resetToken}` },
  'reset-ended': { path: '/reset#token=old' },
  'reset-done': {
    path: `/reset#token=${resetToken}`,
    act: async (page) => {
      await page.getByLabel('New passphrase').fill('granite violin harbour seven');
      await press('Change the passphrase')(page);
    },
  },
  'reset-link-ask': { path: '/settings?section=people', act: manage('Annie Easley', /^New passphrase/) },
  'reset-link': {
    path: '/settings?section=people',
    act: async (page) => {
      await manage('Annie Easley', /^New passphrase/)(page);
      await press('Make the link')(page);
    },
  },
  missing: { path: '/no-such-page' },
};
