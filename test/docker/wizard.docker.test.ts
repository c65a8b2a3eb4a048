import Docker from 'dockerode';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { wipe } from '../../targets/docker/src/testing/wipe.ts';
import { collectFaults, newVisit, openBrowser, picture } from '../support/browser.ts';
import { type Installation, installClawster } from '../support/installation.ts';

// One newcomer's way to a bot on an engine, in order: each test goes on where the one before ended.

const found = inject('docker');
/** The image is built and OpenClaw starts without a compile cache, on a busy machine. */
const startMs = 400_000;

let installation: Installation;
let browser: Browser;
let page: Page;
let faults: string[];
let engine: Docker;
let ofClawster: string | undefined;

describe.skipIf('why' in found)('a newcomer with a Docker engine', () => {
  beforeAll(async () => {
    if ('why' in found) return;
    engine = new Docker({ socketPath: found.socket });
    [installation, browser] = await Promise.all([installClawster(), openBrowser()]);
    ({ page } = await newVisit(browser, installation.url));
    faults = collectFaults(page);
  }, startMs);
  afterAll(async () => {
    await browser?.close();
    await installation?.remove();
    if (ofClawster) await wipe(engine, ofClawster);
  });

  test('makes the owner account and adds the engine, which says what it is', async () => {
    if ('why' in found) return;
    await page.goto(installation.setupUrl);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Passphrase').fill('correct horse battery staple');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('link', { name: 'Create your first bot' }).waitFor();
    await page.goto('/targets');
    await page.getByRole('button', { name: 'Add a Docker engine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Cellar');
    await dialog.getByRole('textbox', { name: 'Socket' }).fill(found.socket);
    await dialog.getByRole('textbox', { name: 'Base image' }).fill(found.baseImage);
    await dialog.getByRole('button', { name: 'Ask it and add it' }).click();
    const answer = page.getByText(/^Cellar answers: Docker/);
    await answer.waitFor();
    expect(await answer.textContent()).toMatch(/Docker \d+\.\d+.* room for \d+ more/);
  });

  test('makes a bot there in five steps, which says hello by itself', { timeout: startMs + 120_000 }, async () => {
    await page.goto('/bots/new');
    const cellar = page.getByRole('radio', { name: /^Cellar/ });
    await cellar.check();
    await picture(page, 'wizard-engine');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('says plainly that it is a demo').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name').fill('Concierge');
    await page.getByLabel('Personality').fill('You are Concierge, who answers in the manner of a lighthouse keeper.');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await page.getByText('Start OpenClaw').waitFor();
    await page.getByText('Clawster asked Concierge to introduce itself').waitFor({ timeout: startMs });
    await page.getByText('in the manner of a lighthouse keeper').waitFor({ timeout: 60_000 });
    expect((await containers()).map(({ State }) => State)).toEqual(['running']);
  });

  test('is answered in the chat, from a container of this Clawster', async () => {
    await page.getByLabel('Message to Concierge').fill('What can you do?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('As Concierge on the demo model').waitFor({ timeout: 60_000 });
    await page.locator('[data-phase=ready]').first().waitFor();
    expect(await page.getByText('As Concierge on the demo model').count()).toBe(1);
    ofClawster = (await containers())[0]?.Labels['dev.clawster.installation'];
  });

  test('destroys it, and nothing is left on the engine', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Destroy/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Delete its state at once').click();
    await dialog.getByLabel('Type Concierge to confirm').fill('Concierge');
    await dialog.getByRole('button', { name: /^Destroy/ }).click();
    await expect.poll(leftovers, { timeout: 120_000, interval: 1_000 }).toEqual([]);
    expect(faults).toEqual([]);
  });
});

/** What of this Clawster is on the engine; its images stay, for the next bot. */
async function leftovers(): Promise<string[]> {
  const filters = { label: [`dev.clawster.installation=${ofClawster}`] };
  const [all, networks, volumes] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listNetworks({ filters }),
    engine.listVolumes({ filters }),
  ]);
  return [
    all.map(({ Id }) => Id),
    networks.map(({ Name }) => Name),
    (volumes.Volumes ?? []).map(({ Name }) => Name),
  ].flat();
}

/** The bot's containers; its id is in the address of its page. */
function containers() {
  const [, botId = ''] = /\/bots\/([\w-]+)/.exec(page.url()) ?? [];
  return engine.listContainers({ all: true, filters: { label: [`dev.clawster.bot=${botId}`] } });
}
