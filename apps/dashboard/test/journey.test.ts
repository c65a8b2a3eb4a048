import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { openBrowser, openDashboard, type OpenDashboard, visit } from './support/open-dashboard.ts';
import { makeWorld, password, setupToken, tenThousandBots, threeBots } from './support/world.ts';

// The journeys walk through what is built; `./clawster test dashboard` builds first.
describe('the dashboard', () => {
  let browser: Browser;
  let dashboard: OpenDashboard;
  beforeAll(async () => {
    [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
  });
  afterAll(async () => {
    // One of the two may have failed to open.
    dashboard?.stop();
    await browser?.close();
  });

  test('a newcomer comes from the set-up link to a bot that says hello by itself', async () => {
    const { page, faults, leave } = await visit(browser, dashboard, makeWorld([], { isSetUp: false, signedIn: false }));
    await page.goto(`/setup#token=${setupToken}`);
    await page.getByLabel('Your name').fill('Ada Lovelace');
    expect(page.url()).not.toContain(setupToken);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Passphrase').fill('short');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByText('Use at least 15 characters').waitFor();
    await page.getByLabel('Passphrase').fill(password);
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('link', { name: 'Create your first bot' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('says plainly that it is a demo').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /^Researcher/ }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await page.getByText('Clawster asked researcher to introduce itself').waitFor();
    await page.getByText('running on the demo model').first().waitFor();
    expect(page.url()).not.toContain('greet');
    expect(faults).toEqual([]);
    await leave();
  });

  test('a name that is taken is said at the name', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(threeBots()));
    await page.goto('/bots/new?step=review');
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await page.getByText('There is a bot named concierge already: choose another name').waitFor();
    await leave();
  });

  test('home says what needs a person, why, and how to mend it', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(threeBots()));
    await page.goto('/');
    await page.getByText('port 41021 is taken').waitFor();
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.getByText('support is restarting').waitFor();
    await leave();
  });

  test('of ten thousand bots only the rows in sight exist, and the server does the searching', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(tenThousandBots()));
    await page.goto('/bots');
    await page.getByText('10,000 bots').waitFor();
    await page.getByRole('link', { name: 'bot-00000' }).waitFor();
    expect(await page.locator('*').count()).toBeLessThan(1500);
    await page.keyboard.press('/');
    await page.keyboard.type('bot-00077');
    await page.getByText('1 match').waitFor();
    await expect.poll(() => page.url()).toContain('search=bot-00077');
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'bot-00077' }).waitFor();
    await leave();
  });

  test('many bots are stopped together, with a result for each', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(threeBots()));
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    await page.getByLabel('Select all that are loaded').check();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('Done for 3 bots.').waitFor();
    await page.locator('[data-phase=stopped]').nth(2).waitFor();
    await leave();
  });

  test('a change elsewhere shows without a reload', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(browser, dashboard, world);
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    const { setPhase } = await import('./support/bot-handlers.ts');
    const bot = world.bots[0];
    if (bot) setPhase(world, bot, 'unknown');
    await page.getByText('Not heard from for 4 min').waitFor();
    await leave();
  });

  test('destroying says what it touches and asks for the name', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(browser, dashboard, world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'Destroy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('kept for 7 days, then deleted').waitFor();
    // Disabled for as long as the name is missing: a click by force must not get through either.
    await dialog.getByRole('button', { name: /^Destroy/ }).click({ force: true });
    expect(world.bots[0]?.spec.desired).toBe('running');
    await dialog.getByLabel('Type concierge to confirm').fill('concierge');
    await dialog.getByRole('button', { name: /^Destroy/ }).click();
    await expect.poll(() => world.bots[0]?.spec.desired).toBe('destroyed');
    await leave();
  });

  test('a turn that fails says why and can be tried again', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(browser, dashboard, world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByLabel('Message to concierge').fill('fail');
    await page.keyboard.press('Enter');
    await page.getByText('The model answered 500 three times').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await leave();
  });

  test('a wrong provider key is told before anything is saved', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(browser, dashboard, world);
    await page.goto('/connectors');
    await page.getByRole('button', { name: 'Add a provider' }).first().click();
    await page.getByLabel('API key').fill('wrong');
    await page.getByRole('combobox', { name: 'Model', exact: true }).fill('small-1');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('The provider answered 401').waitFor();
    expect(world.connectors).toHaveLength(1);
    await page.getByLabel('API key').fill('right');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('Answered in 0.4 s').waitFor();
    expect(world.connectors).toHaveLength(2);
    await leave();
  });

  test('someone who is not signed in is led to sign-in and back to the page asked for', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(threeBots(), { signedIn: false }));
    await page.goto('/runtimes');
    await page.waitForURL(/sign-in\?next=%2Fruntimes/);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Passphrase').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail or passphrase is not right').waitFor();
    await page.getByLabel('Passphrase').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/runtimes$/);
    await leave();
  });

  test('⌘K opens a bot', async () => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(threeBots()));
    await page.goto('/');
    await page.getByText('port 41021 is taken').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Bot, page or action').fill('researcher');
    await page.getByRole('option', { name: /^researcher/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'researcher' }).waitFor();
    await leave();
  });
});
