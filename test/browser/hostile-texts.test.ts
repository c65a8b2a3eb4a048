import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machine, rack } from '../../apps/dashboard/test/support/fleet.ts';
import { openDashboard, type OpenDashboard } from '../../apps/dashboard/test/support/open-dashboard.ts';
import { someInvitations, somePeople } from '../../apps/dashboard/test/support/person-handlers.ts';
import { type StandInServer, startStandInServer } from '../../apps/dashboard/test/support/stand-in-server.ts';
import { giveLayers } from '../../apps/dashboard/test/support/some-layers.ts';
import { makeBackup } from '../../apps/dashboard/test/support/state-handlers.ts';
import { makeWorld, oneOfEach, tellEvent, type World } from '../../apps/dashboard/test/support/world.ts';
import { type TestApp, testApp } from '../../apps/server/src/http/test-app.ts';
// A browser of its own: every answer passes through this test, and through whoever shares a browser as well.
import { openBrowser } from '../support/browser.ts';
import { hostileTexts } from './support/hostile-texts.ts';

// S19: whatever people, bots or their gateways write, wherever it is shown, is a text. The pages and their policy are the real
// server's; what the API answers is a fleet's, each text of which is replaced on its way.

let dashboard: OpenDashboard;
let browser: Browser;
let app: TestApp;
let api: StandInServer;
let world: World;
beforeAll(async () => {
  [dashboard, browser] = await Promise.all([openDashboard(), openBrowser()]);
  app = await testApp({ dashboardUrl: dashboard.url });
  const bots = oneOfEach();
  world = makeWorld(bots, {
    targets: [machine, rack],
    people: somePeople(),
    invitations: someInvitations(),
    backups: bots.slice(0, 2).map((bot) => makeBackup(bot)),
  });
  giveLayers(world);
  for (const bot of bots) tellEvent(world, 'bot-created', bot);
  const [first] = bots;
  if (first)
    world.messages.set(first.id, [
      { role: 'user', text: 'x', at: new Date().toISOString() },
      { role: 'assistant', text: 'x', at: new Date().toISOString() },
    ] as never);
  api = await startStandInServer(world, dashboard.url);
});
afterAll(async () => {
  await browser?.close();
  dashboard?.stop();
  await api?.stop();
  await app?.close();
});

/** Fields that hold what somebody wrote, as far as a page does not decide by them. */
const written =
  /^(name|\w+Name|reason|message|detail|text|description|email|invitedBy|personality|model|baseUrl|prefix|address|userAgent|trouble|line|label|title|summary|version|value|source|evidence)$/;
/** All of them at once; and, for what only looks at how a text begins, one after the other. */
const ways = {
  together: () => hostileTexts.join(' '),
  apart: (index: number) => hostileTexts[index % hostileTexts.length] as string,
};

let tried = 0;
let index = 0;
function poison(value: unknown, way: keyof typeof ways, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poison(one, way, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, keeps(value, name) ? one : poison(one, way, name)]),
    );
  if (typeof value !== 'string' || !written.test(key)) return value;
  tried += way === 'together' ? hostileTexts.length : 1;
  return ways[way]((index += 7));
}
/** The name of a step or of a piece of evidence is one of a few words. */
const keeps = (holder: object, name: string) => name === 'name' && ('state' in holder || 'ok' in holder);

type Trapped = { letIn: string[] };
async function trap(page: Page, way: keyof typeof ways): Promise<Trapped> {
  const letIn: string[] = [];
  page.on('dialog', (dialog) => {
    letIn.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/trapped/.test(message.text())) letIn.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url().includes('evil.example')) letIn.push(`asked ${request.url()}`);
  });
  await page.addInitScript(() => {
    Object.assign(window, { trap: () => console.log('trapped: a script ran') });
    document.addEventListener('securitypolicyviolation', (event) => {
      // The schemas ask once whether code may be made of texts, and go another way.
      if (event.blockedURI !== 'eval') console.log(`trapped: ${event.blockedURI}`);
    });
  });
  await page.route(/\/api\/v1\//, (route) => answer(route, way));
  return { letIn };
}

/** The stream is left out: pages ask again instead. */
async function answer(route: Route, way: keyof typeof ways): Promise<void> {
  const url = new URL(route.request().url());
  if (url.pathname.endsWith('/stream')) return route.abort();
  const response = await route.fetch({ url: `${api.url}${url.pathname}${url.search}` }).catch(() => undefined);
  if (!response) return route.abort();
  const body: unknown = await response.json().catch(() => undefined);
  return route.fulfill({ response, ...(body === undefined ? {} : { json: poison(body, way) }) });
}

const bot = (name: string, tab: string) => () => `/bots/${world.bots.find((one) => one.name === name)?.id}?tab=${tab}`;
const pages: (() => string)[] = [
  '/',
  '/bots',
  '/bots/new',
  '/configuration',
  '/configuration?open=help-desk',
  '/configuration?tab=profiles',
  '/configuration?tab=overlays',
  '/connectors',
  '/runtimes',
  '/targets',
  '/audit',
  '/invite#token=x',
  '/sign-in',
  '/reset#token=x',
  ...['account', 'sessions', 'api-keys', 'people', 'roles', 'workspace', 'security', 'sso', 'mail'].map(
    (section) => `/settings?section=${section}`,
  ),
].map((path) => () => path);
for (const tab of ['chat', 'overview', 'configuration', 'revisions', 'logs', 'backups', 'doctor'])
  pages.push(bot('archivist', tab), bot('support', tab));

/** Opens each page once, and tells what was made of the texts there, and on how many they were shown. */
async function visitAll(way: keyof typeof ways): Promise<{ letIn: string[]; seen: number }> {
  const letIn: string[] = [];
  let seen = 0;
  const context = await browser.newContext({ baseURL: app.url, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const trapped = await trap(page, way);
  for (const path of pages) {
    await page.goto(path());
    // Those that show no text of anybody's are left to settle as long.
    await page
      .waitForFunction(() => document.body.textContent?.includes('trap(1)'), undefined, { timeout: 1_200 })
      .catch(() => undefined);
    await page.waitForTimeout(150);
    const made = await page.evaluate(() => ({
      elements: document.querySelectorAll('[data-xss]').length,
      running: [...document.querySelectorAll('[href],[src],[action]')].filter((one) =>
        ['href', 'src', 'action'].some((name) =>
          /^\s*(javascript|vbscript|data:text)/i.test(one.getAttribute(name) ?? ''),
        ),
      ).length,
      shown: (document.body.textContent ?? '').includes('trap(1)'),
    }));
    if (made.elements + made.running > 0) letIn.push(`${path()}: ${JSON.stringify(made)}`);
    if (made.shown) seen += 1;
  }
  letIn.push(...trapped.letIn);
  // A page asks again every few seconds: what it asks as it closes is answered to nobody.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
  return { letIn, seen };
}

test(
  'no text of people or bots is taken for markup, a script or an address that runs, on any page',
  { timeout: 180_000 },
  async () => {
    const visits = await Promise.all([visitAll('together'), visitAll('apart')]);
    const letIn = visits.flatMap((one) => one.letIn);
    const seen = visits.reduce((sum, one) => sum + one.seen, 0);
    process.stdout.write(
      `hostile texts on ${pages.length} pages (shown on ${seen}): tried ${tried}, let in ${letIn.length}\n`,
    );
    expect(letIn).toEqual([]);
    expect(hostileTexts.length).toBeGreaterThan(200);
    expect(seen).toBeGreaterThan(pages.length);
  },
);

test('the trap shuts: a page that takes a text for markup is found', async () => {
  const page = await (await browser.newContext({ baseURL: app.url })).newPage();
  const trapped = await trap(page, 'together');
  await page.goto('/sign-in');
  await page.evaluate(
    (texts) => {
      document.body.insertAdjacentHTML('beforeend', texts.join(' '));
    },
    hostileTexts.slice(0, 6),
  );
  await expect.poll(() => trapped.letIn.length).toBeGreaterThan(0);
});
