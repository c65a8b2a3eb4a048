import { type IdentityProvider, startIdentityProvider } from '../../apps/server/src/testing/identity-provider.ts';
import { type TestApp, testApp } from '../../apps/server/src/http/test-app.ts';
import { newPerson } from '../../apps/server/src/http/test-people.ts';
import { setProvider, settingsFor } from '../../apps/server/src/http/test-sso.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard } from '../../apps/dashboard/test/support/open-dashboard.ts';

let dashboard: OpenDashboard;
let browser: Browser;
let app: TestApp;
let provider: IdentityProvider;
beforeAll(async () => {
  [dashboard, browser] = await Promise.all([openDashboard(), openBrowser()]);
  app = await testApp({ dashboardUrl: dashboard.url });
  // Where this one listens is known only now.
  app.plane.settings.controlPlaneUrl = app.url;
  provider = await startIdentityProvider([`${app.url}/sign-in/sso`]);
  const owner = await newPerson(app, await app.newWorkspace(), 'owner');
  await setProvider(app, owner.as, settingsFor(provider));
});
afterAll(async () => {
  await browser?.close();
  dashboard?.stop();
  await provider?.close();
  await app?.close();
});

/** From the sign-in page to the real provider's own form, which is filled in. */
async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${app.url}/sign-in?next=/settings`);
  await page.getByRole('button', { name: 'Sign in with Acme' }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
}

test('in a browser one goes from the sign-in page to a real provider, and comes back signed in', async () => {
  provider.users.set('grace', {
    email: 'grace@example.com',
    email_verified: true,
    name: 'Grace Hopper',
    groups: ['ops'],
  });
  const page = await (await browser.newContext()).newPage();
  await signIn(page, 'grace');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.getByText('grace@example.com').waitFor();
  await page.getByText('operator').first().waitFor();
  expect(page.url()).toBe(`${app.url}/settings`);
  expect((await page.context().cookies(app.url)).map(({ name }) => name)).not.toContainEqual(
    expect.stringContaining('-sso'),
  );
});

test('in no group that is let in, one reads why on the way back', async () => {
  provider.users.set('joan', { email: 'joan@example.com', email_verified: true, groups: ['choir'] });
  const page = await (await browser.newContext()).newPage();
  await signIn(page, 'joan');
  await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await page.getByText('none of the groups of Acme').waitFor();
  expect(page.url()).toBe(`${app.url}/sign-in/sso`);
});
