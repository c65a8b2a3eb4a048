import { type IdentityProvider, startIdentityProvider } from '../../apps/server/src/testing/identity-provider.ts';
import { connect, patchOf, scimWith, userOf } from '../../apps/server/src/scim/test-scim.ts';
import { type TestApp, testApp } from '../../apps/server/src/http/test-app.ts';
import { newPerson, type TestPerson } from '../../apps/server/src/http/test-people.ts';
import { setProvider, settingsFor } from '../../apps/server/src/http/test-sso.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard } from '../../apps/dashboard/test/support/open-dashboard.ts';

let dashboard: OpenDashboard;
let browser: Browser;
let app: TestApp;
let provider: IdentityProvider;
let owner: TestPerson;
beforeAll(async () => {
  [dashboard, browser] = await Promise.all([openDashboard(), openBrowser()]);
  app = await testApp({ dashboardUrl: dashboard.url });
  // Where this one listens is known only now.
  app.plane.settings.controlPlaneUrl = app.url;
  provider = await startIdentityProvider([`${app.url}/sign-in/sso`]);
  owner = await newPerson(app, await app.newWorkspace(), 'owner');
  await setProvider(app, owner.as, settingsFor(provider));
});
afterAll(async () => {
  await browser?.close();
  dashboard?.stop();
  await provider?.close();
  await app?.close();
});

test('a directory that is connected in the browser fills its card while one looks on, with the token that was shown', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name = '', value = ''] = (owner.as['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/settings?section=sso`);
  await page.getByRole('button', { name: 'Connect a directory…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name of the directory').fill('Okta');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  const token = await dialog.locator('code').innerText();
  await dialog.getByRole('button', { name: 'I have it' }).click();
  await page.getByText('not used yet').waitFor();

  const scim = scimWith(app, token);
  const made = [];
  for (const login of ['grace', 'joan', 'annie', 'mary']) made.push((await scim('POST /Users', userOf(login))).body.id);
  const [grace, joan, annie, mary] = made;
  await scim('POST /Groups', { displayName: 'everyone', members: [{ value: joan }, { value: annie }] });
  await scim('POST /Groups', {
    displayName: 'platform',
    externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
    members: [{ value: grace }],
  });
  await scim('POST /Groups', { displayName: 'Sailing club', members: [{ value: mary }] });
  await scim(`PATCH /Users/${annie}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }));
  await page.getByText('2 people let in, 2 not, 1 of them in no group with a role').waitFor();
  const groups = page.getByRole('region', { name: 'Groups of the directory' });
  await groups.getByRole('listitem').filter({ hasText: 'platform' }).getByText('admin').waitFor();

  await page.goto(`${app.url}/settings?section=people`);
  await page.getByText('deactivated in Okta').waitFor();
  await page.getByText('in no group of Okta with a role').waitFor();
  await page.goto(`${app.url}/audit?by=directory`);
  await page.getByText('Sailing club').first().waitFor();
  expect(await page.locator('body').innerText()).not.toContain(token);
});

test('its token opens no page of the dashboard', async () => {
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  await setProvider(app, stranger.as, settingsFor(provider));
  const token = await connect(app, stranger.as);
  const context = await browser.newContext({ extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  const page = await context.newPage();
  await page.goto(`${app.url}/settings?section=sso`);
  await page.getByRole('heading', { name: 'Sign in to Clawster' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});
