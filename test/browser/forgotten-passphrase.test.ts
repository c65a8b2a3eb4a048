import { sendAccountMails } from '@clawster/control-plane/mail/send-account-mails';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard } from '../../apps/dashboard/test/support/open-dashboard.ts';
import { type TestApp, testApp } from '../../apps/server/src/http/test-app.ts';
import { ask, newPerson, type TestPerson } from '../../apps/server/src/http/test-people.ts';
import { type MailServer, startMailServer } from '../../apps/server/src/testing/mail-server.ts';

let dashboard: OpenDashboard;
let browser: Browser;
let app: TestApp;
let mail: MailServer;
let owner: TestPerson;
let grace: TestPerson;
beforeAll(async () => {
  [dashboard, browser, mail] = await Promise.all([openDashboard(), openBrowser(), startMailServer()]);
  app = await testApp({ dashboardUrl: dashboard.url });
  // Where this one listens is known only now.
  app.plane.settings.controlPlaneUrl = app.url;
  const workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  grace = await newPerson(app, workspaceId, 'operator');
});
afterAll(async () => {
  await browser?.close();
  dashboard?.stop();
  await mail?.close();
  await app?.close();
});

const passphrase = 'granite violin harbour seven';
const newPage = async () => (await browser.newContext({ baseURL: app.url })).newPage();

test('without a mail server the page says who can help, and an owner does', async () => {
  const page = await newPage();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your passphrase?' }).click();
  await page.getByText('sends no mail').waitFor();
  await page.getByText('an owner of your workspace').waitFor();
  await page.getByText('clawster installation reset-link').waitFor();
  const { body } = await ask(app, `POST /people/${grace.id}/reset-link`, { as: owner.as });
  await page.goto(String(body['link']));
  await page.getByText(grace.email).waitFor();
  expect(page.url()).toBe(`${app.url}/reset`);
  await page.context().close();
});

test('with one, a link comes by mail, once: a new passphrase is chosen and signs in', async () => {
  const { port, user, password } = mail;
  const settings = { host: 'localhost', port, security: 'starttls', user, password };
  const from = { fromName: 'Clawster', fromAddress: 'clawster@example.com' };
  expect((await ask(app, 'PUT /mail', { as: owner.as, body: { ...settings, ...from } })).status).toBe(200);
  const page = await newPage();
  await page.goto('/sign-in/forgot');
  await page.getByLabel('E-mail').fill(grace.email);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  await sendAccountMails(app.plane, new AbortController().signal);
  const source = mail.received[0]?.source.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=') ?? '';
  const link = /http:\S+\/reset#token=[\w-]{43}/.exec(source)?.[0] ?? '';

  await page.goto(link);
  await page.getByRole('heading', { name: 'Choose a new passphrase' }).waitFor();
  expect(page.url()).toBe(`${app.url}/reset`);
  await page.getByLabel('New passphrase').fill('short');
  await page.keyboard.press('Enter');
  await page.getByText('Use at least 15 characters').waitFor();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your passphrase is changed' }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail').fill(grace.email);
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${app.url}/`);

  await page.goto('about:blank');
  await page.goto(link);
  await page.getByRole('heading', { name: 'This link is not good any more' }).waitFor();
  await page.getByRole('link', { name: 'Ask for a new link' }).waitFor();
  await page.context().close();
});
