import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectFaults, newVisit, openBrowser, picture } from '../support/browser.ts';
import { type Installation, installClawster } from '../support/installation.ts';
import { isAlive } from '../support/process.ts';

// One newcomer's way, in order: each test goes on where the one before ended.

const passphrase = 'correct horse battery staple';
let installation: Installation;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [installation, browser] = await Promise.all([installClawster({ port: 'usual' }), openBrowser()]);
  ({ page } = await newVisit(browser, installation.url));
  faults = collectFaults(page);
});
afterAll(async () => {
  await browser?.close();
  await installation?.remove();
});

test('up prints one link, and keeps its data where only its owner can read it', async () => {
  expect(installation.setupUrl).toMatch(/\/setup#token=[\w-]{43}$/);
  expect((await stat(installation.dataDirectory)).mode & 0o777).toBe(0o700);
  expect(await readdir(installation.home)).not.toContain('.openclaw');
});

test('the link makes the owner account', async () => {
  await page.goto(installation.setupUrl);
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Passphrase').fill(passphrase);
  await picture(page, 'set-up');
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.getByRole('link', { name: 'Create your first bot' }).waitFor();
  expect(page.url()).not.toContain('token');
});

test('a bot is made in five steps, and says hello by itself', async () => {
  await page.getByRole('link', { name: 'Create your first bot' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('says plainly that it is a demo').waitFor();
  await picture(page, 'new-bot-model');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Name').fill('Concierge');
  await page.getByLabel('Personality').fill('You are Concierge, who answers in the manner of a lighthouse keeper.');
  await picture(page, 'new-bot-identity');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Create the bot' }).click();
  await page.getByText('Start OpenClaw').waitFor();
  await picture(page, 'new-bot-progress');
  // A real OpenClaw comes up meanwhile.
  await page.getByText('Clawster asked Concierge to introduce itself').waitFor({ timeout: 400_000 });
  await page.getByText('in the manner of a lighthouse keeper').waitFor({ timeout: 60_000 });
  await page.locator('[data-phase=ready]').first().waitFor();
});

test('it answers in the chat, and the conversation is still there after a reload', async () => {
  await ask('What can you do?');
  await page.getByText('As Concierge on the demo model').waitFor({ timeout: 60_000 });
  await picture(page, 'chat');
  await page.reload();
  await page.getByText('As Concierge on the demo model').waitFor({ timeout: 60_000 });
});

test('an answer is stopped in the middle', async () => {
  await ask('#demo slow 200');
  await page.getByRole('button', { name: 'Stop the answer' }).click({ timeout: 60_000 });
  await page.getByText('You stopped this answer').waitFor();
});

test('its page shows why it is ready, how it came there, its logs, and what the doctor says', async () => {
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByText('A model turn came back').first().waitFor();
  await picture(page, 'overview');
  await page.getByRole('tab', { name: 'Logs' }).click();
  // Only the lines in sight exist, and a busy machine's gateway writes many after its first.
  await page.getByLabel('Filter the lines').fill('agent model');
  await page.getByText('agent model').first().waitFor();
  await page.getByLabel('Filter the lines').fill('');
  await picture(page, 'logs');
  await page.getByRole('tab', { name: 'Doctor' }).click();
  await page.getByRole('button', { name: /Run the doctor/ }).click();
  await page
    .getByText(/^\d+ findings?$|^The doctor is content/)
    .first()
    .waitFor({ timeout: 120_000 });
  await picture(page, 'doctor');
});

test('a new personality is what the next answer speaks with, without a restart', async () => {
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByLabel('Personality').fill('You are Concierge, once a lighthouse keeper, now a gardener.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => evidence(), { timeout: 60_000 }).toContain('SOUL.md');
  await page.getByRole('tab', { name: 'Chat' }).click();
  await ask('Who are you?');
  await page.getByText('now a gardener').waitFor({ timeout: 60_000 });
});

test('a bot outlives Clawster, which finds it again', async () => {
  const pid = await gatewayPid();
  // A page that is open while the server is away complains, and should.
  await page.goto('about:blank');
  expect(await installation.stop()).toBe(0);
  expect(isAlive(pid)).toBe(true);
  await installation.start();
  await page.goto(`${installation.url}/bots`);
  await page.locator('[data-phase=ready]').first().waitFor({ timeout: 60_000 });
  await picture(page, 'bots');
  expect(await gatewayPid()).toBe(pid);
  await page.goto(`${installation.url}/`);
  await page.getByText('Nothing needs you').waitFor();
  await picture(page, 'home');
});

test('no key of the bot lies in its folder or in its environment', async () => {
  const folder = await botFolder();
  const environment = await readFile(`/proc/${await gatewayPid()}/environ`, 'utf8');
  expect(environment).not.toMatch(/token|secret|password|key=/i);
  const document = await readFile(join(folder, 'openclaw.json'), 'utf8');
  expect(JSON.parse(document)).toMatchObject({
    gateway: { auth: { mode: 'token', token: { source: 'exec' } } },
    models: { providers: { clawster: { apiKey: { source: 'exec' } } } },
  });
});

test('a destroyed bot leaves no process behind', async () => {
  const pid = await gatewayPid();
  await page.goto(`${installation.url}/bots`);
  await page.getByRole('link', { name: 'Concierge' }).click();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /^Destroy/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Type Concierge to confirm').fill('Concierge');
  await dialog.getByRole('button', { name: /^Destroy/ }).click();
  await expect.poll(() => isAlive(pid), { timeout: 60_000 }).toBe(false);
});

test('the browser had nothing to complain of', () => expect(faults).toEqual([]));

async function ask(message: string): Promise<void> {
  await page.getByLabel('Message to Concierge').fill(message);
  // Not to be sent while an answer is still on its way.
  await page.getByRole('button', { name: 'Send' }).click();
}

async function evidence(): Promise<string> {
  return (await page.getByRole('region', { name: 'Evidence' }).textContent()) ?? '';
}

async function botFolder(): Promise<string> {
  const bots = join(installation.dataDirectory, 'bots');
  const [id = ''] = await readdir(bots);
  return join(bots, id);
}

async function gatewayPid(): Promise<number> {
  const { pid } = JSON.parse(await readFile(join(await botFolder(), 'gateway.pid'), 'utf8')) as { pid: number };
  return pid;
}
