import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBot } from './support/fleet.ts';
import { tenThousandBots } from './support/fleet.ts';
import { makeWorld, oneOfEach, password, setupToken, tellEvent, threeBots } from './support/world.ts';

// The journeys walk through what is built; `./clawster test dashboard` builds first.
describe('the dashboard', () => {
  const visit = dashboardInBrowser();

  test('a newcomer comes from the set-up link to a bot that says hello by itself', async () => {
    const { page, faults, leave } = await visit(makeWorld([], { isSetUp: false, signedIn: false }));
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
    // The address follows what is shown.
    await expect.poll(() => page.url()).not.toContain('greet');
    expect(faults).toEqual([]);
    await leave();
  });

  test('a name that is taken is said at the name', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/bots/new?step=review');
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await page.getByText('There is a bot named concierge already: choose another name').waitFor();
    await leave();
  });

  test('home says what needs a person, why, and how to mend it', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/');
    await page.getByText('port 41021 is taken').waitFor();
    await page.getByRole('button', { name: 'Restart' }).click();
    await page.getByText('support is restarting').waitFor();
    await leave();
  });

  test('of ten thousand bots only the rows in sight exist, and the server does the searching', async () => {
    const { page, leave } = await visit(makeWorld(tenThousandBots()));
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
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    await page.getByLabel('Select all that are loaded').check();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByText('3 bots stopped.').waitFor();
    await page.locator('[data-phase=stopped]').nth(2).waitFor();
    await leave();
  });

  test('a change elsewhere shows without a reload', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    const { setPhase } = await import('./support/phases.ts');
    const bot = world.bots[0];
    if (bot) setPhase(world, bot, 'unknown');
    await page.getByText('Not heard from for 4 min').waitFor();
    await leave();
  });

  test('destroying says what it touches and asks for the name', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Destroy/ }).click();
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
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByLabel('Message to concierge').fill('fail');
    await page.keyboard.press('Enter');
    await page.getByText('The model answered 500 three times').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await leave();
  });

  test('a wrong provider key is told before anything is saved', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
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
    const { page, leave } = await visit(makeWorld(threeBots(), { signedIn: false }));
    await page.goto('/runtimes');
    await page.waitForURL(/sign-in\?next=%2Fruntimes/);
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Passphrase').fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('E-mail or passphrase is not right').waitFor();
    await page.getByLabel('Passphrase').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(/\/runtimes$/);
    await leave();
  });

  test('a bot that is clicked right after the filter was changed is opened', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    await page.route(/_rsc=/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.getByRole('button', { name: /^Sorted upwards/ }).evaluate((button: HTMLElement) => {
      button.click();
      document.querySelector<HTMLElement>('[data-row] a')?.click();
    });
    await page.getByRole('heading', { name: 'concierge' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.url()).toContain('descending=true');
    await leave();
  });

  test('⌘K opens a bot', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/');
    await page.getByText('port 41021 is taken').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Bot, page or action').fill('researcher');
    await page.getByRole('option', { name: /^researcher/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'researcher' }).waitFor();
    await leave();
  });

  test('a pause is undone from its toast', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await expect.poll(() => world.bots[0]?.spec.desired).toBe('paused');
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => world.bots[0]?.spec.desired).toBe('running');
    await leave();
  });

  test('the chat of a paused bot says so and resumes it', async () => {
    const world = makeWorld([makeBot('archivist', 'paused')]);
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    const chat = page.getByRole('log');
    await chat.getByText('archivist is paused').waitFor();
    expect(await page.getByLabel('Message to archivist').isDisabled()).toBe(true);
    await chat.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Say something to archivist').waitFor();
    await leave();
  });

  test('the menu is used by keys alone, and what cannot be done says why', async () => {
    const world = makeWorld([makeBot('archivist', 'paused'), ...threeBots()]);
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'More' }).focus();
    await page.keyboard.press('Enter');
    const restart = page.getByRole('menuitem', { name: /^Restart/ });
    await restart.getByText('The bot is paused: resume it first').waitFor();
    await page.keyboard.press('Home');
    await expect.poll(() => restart.evaluate((item) => item === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    expect(world.bots[0]?.spec.desired).toBe('paused');
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Clone archivist' }).waitFor();
    await leave();
  });

  test('a clone gets a name that is free, and its page is shown', async () => {
    const world = makeWorld([...threeBots(), makeBot('concierge-2', 'ready')]);
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Clone/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Start it now').uncheck();
    await dialog.getByRole('button', { name: 'Clone', exact: true }).click();
    await dialog.getByText('There is a bot named concierge-2 already').waitFor();
    await dialog.getByLabel('Name of the new bot').fill('no spaces');
    await dialog.getByRole('alert').getByText('Use 1 to 40 letters').waitFor();
    await dialog.getByLabel('Name of the new bot').fill('concierge-3');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'concierge-3' }).waitFor();
    expect(world.bots.at(-1)?.spec.desired).toBe('stopped');
    await leave();
  });

  test('a destroyed bot is found, restored, and asked for another name only when its own is taken', async () => {
    const world = makeWorld([makeBot('herald', 'destroyed'), makeBot('herald', 'ready')]);
    const { page, leave } = await visit(world);
    await page.goto('/bots');
    await page.getByText('1 bot', { exact: true }).waitFor();
    await page.getByLabel('Phase').selectOption('Destroyed');
    await page.getByText('Can be restored until').waitFor();
    await page.getByRole('link', { name: 'herald' }).click();
    await page.getByText('Destroyed; its state is kept until').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restore under another name' });
    expect(await dialog.getByLabel('Its new name').inputValue()).toBe('herald-2');
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('heading', { name: 'herald-2' }).waitFor();
    await page.getByText('Destroyed; its state is kept until').waitFor({ state: 'detached' });
    expect(world.bots[0]?.spec.desired).toBe('running');
    await leave();
  });

  test('each of many bots has a result of its own, with the reason where nothing was done', async () => {
    const { page, leave } = await visit(makeWorld(oneOfEach()));
    await page.goto('/bots');
    await page.getByRole('link', { name: 'concierge' }).waitFor();
    await page.getByLabel('Select all that are loaded').check();
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await page.getByText('2 of 8 bots resumed; 6 not.').waitFor();
    const results = page.getByLabel('Result for each bot');
    await results.getByText('gardener The bot is stopped: start it instead').waitFor();
    await results.getByText('archivist resumed').waitFor();
    await leave();
  });

  test('⌘K stops the whole fleet with one click, says what it did, and leads to starting it again', async () => {
    const world = makeWorld(oneOfEach());
    const { page, leave } = await visit(world);
    await page.goto('/');
    await page.getByText('port 41021 is taken').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Bot, page or action').fill('emergency');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Emergency stop' });
    await dialog.getByText('Up to 7 bots will be stopped').waitFor();
    await dialog.getByRole('button', { name: 'Stop all bots now' }).click();
    await page.getByText('Stopped 7 bots; 6 confirmed within 5 s, 1 is being ended by its target.').waitFor();
    expect(world.bots.filter(({ spec }) => spec.desired === 'running')).toEqual([]);
    await page.getByRole('link', { name: 'See the stopped bots' }).click();
    await page.getByText('7 bots selected').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('7 bots started.').waitFor();
    await leave();
  });

  test('an emergency pause touches the chosen bots only, and resuming all of them no other', async () => {
    const world = makeWorld(oneOfEach());
    const { page, leave } = await visit(world);
    const desiredOf = (name: string) => world.bots.find((bot) => bot.name === name)?.spec.desired;
    await page.goto('/bots');
    for (const name of ['archivist', 'concierge', 'support']) await page.getByLabel(`Select ${name}`).check();
    const bar = page.getByRole('region', { name: 'Selected bots' });
    await bar.getByRole('button', { name: 'Emergency stop' }).click();
    await page.getByRole('radio', { name: /^Pause/ }).check();
    await page.getByText('2 bots will be paused').waitFor();
    await page.getByRole('button', { name: 'Pause these bots now' }).click();
    await page.getByText('Paused 2 bots; all confirmed within 5 s.').waitFor();
    expect([desiredOf('concierge'), desiredOf('researcher')]).toEqual(['paused', 'running']);
    await page.getByRole('button', { name: 'Resume all of them' }).click();
    await page.getByText('2 bots resumed.').waitFor();
    expect([desiredOf('concierge'), desiredOf('archivist')]).toEqual(['running', 'paused']);
    await leave();
  });

  test('home says that an emergency stop still holds', async () => {
    const world = makeWorld([makeBot('concierge', 'stopped'), makeBot('scribe', 'stopped')]);
    tellEvent(world, 'fleet-halted', undefined, { mode: 'stop', bots: 2 });
    const { page, leave } = await visit(world);
    await page.goto('/');
    await page.getByText('2 bots are stopped until someone starts them').waitFor();
    await page.getByText('Emergency stop: 2 bots were stopped').waitFor();
    await leave();
  });

  test('who may only look finds every action off, with the reason', async () => {
    const world = makeWorld(threeBots(), { role: 'viewer' });
    const { page, leave } = await visit(world);
    const why = '(Your role (viewer) does not include this. Ask an owner or admin.)';
    await page.goto('/bots');
    for (const name of ['Emergency stop', 'New bot'])
      await page.getByRole('button', { name: `${name} ${why}` }).waitFor();
    await page.goto(`/bots/${world.bots[0]?.id}`);
    for (const name of ['Pause', 'Stop']) await page.getByRole('button', { name: `${name} ${why}` }).waitFor();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { disabled: true }).nth(3).waitFor();
    await leave();
  });
});
