import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { makeBot, machine, rack } from './support/fleet.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBackup } from './support/state-handlers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

// What is done with a bot's state; the journeys walk through what is built.
describe("a bot's state", () => {
  const visit = dashboardInBrowser();

  /** The page of the first bot, at this tab. */
  async function openBot(world: World, tab: string) {
    const opened = await visit(world);
    await opened.page.goto(`/bots/${world.bots[0]?.id}?tab=${tab}`);
    await opened.page.getByRole('tab', { selected: true }).waitFor();
    return opened;
  }

  test('a backup is taken with its steps in sight, and is in the list when they are done', async () => {
    const world = makeWorld(threeBots(), { stepMs: 1_000 });
    const { page, faults, leave } = await openBot(world, 'backups');
    await page.getByText('No backup yet').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).click();
    const steps = page.getByRole('region', { name: 'Backing up' });
    await steps.locator('[data-step=write][data-state=running]').waitFor();
    await page.getByRole('button', { name: /^Back up now \(Wait until/ }).waitFor();
    await steps.locator('[data-step=verify][data-state=running]').waitFor();
    await page.getByText('Backed up', { exact: true }).waitFor();
    await page.getByRole('region', { name: '1 backup' }).getByText('41.3 MB · OpenClaw 2026.9.6').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('a backup that is cancelled leaves nothing', async () => {
    const world = makeWorld(threeBots(), { stepMs: 2_000 });
    const { page, leave } = await openBot(world, 'backups');
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('The backup of concierge is being cancelled.').waitFor();
    await page.getByText('Cancelled; all is as it was before').waitFor();
    await page.getByText('No backup yet').waitFor();
    expect(world.backups).toEqual([]);
    await leave();
  });

  test('restoring says what is lost; meanwhile the bot is held, and beyond return nothing is cancelled', async () => {
    const world = withBackup(1_500);
    const { page, leave } = await openBot(world, 'backups');
    await page.getByRole('button', { name: 'Restore…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What it learnt since then is lost.').waitFor();
    expect(world.operations).toEqual([]);
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    const steps = page.getByRole('region', { name: 'Restoring from a backup' });
    await page.getByRole('button', { name: /^Back up now \(The bot is being restored from a backup/ }).waitFor();
    await steps.locator('[data-step=import][data-state=running]').waitFor();
    await steps.getByRole('button', { name: /^Cancel \(The restore has passed its point of no return/ }).waitFor();
    await page.getByText('Restored', { exact: true }).waitFor();
    await page.locator('[data-phase=ready]').first().waitFor();
    await leave();
  });

  test('a backup becomes a new bot, also when the old one was destroyed', async () => {
    const world = withBackup(100, [makeBot('herald', 'destroyed')]);
    const { page, leave } = await openBot(world, 'backups');
    await page.getByRole('button', { name: 'Restore…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: /^Into herald/ }).isDisabled()).toBe(true);
    expect(await dialog.getByLabel('Name of the new bot').inputValue()).toBe('herald-2');
    await dialog.getByLabel('Name of the new bot').fill('no spaces');
    await dialog.getByRole('alert').getByText('Use 1 to 40 letters').waitFor();
    await dialog.getByLabel('Name of the new bot').fill('herald-3');
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await page.getByRole('heading', { name: 'herald-3' }).waitFor();
    await page.locator('[data-phase=ready]').first().waitFor();
    await leave();
  });

  test('a backup is deleted after a question', async () => {
    const world = withBackup();
    const { page, leave } = await openBot(world, 'backups');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('dialog').getByText('cannot be brought back from it any more').waitFor();
    expect(world.backups).toHaveLength(1);
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByText('No backup yet').waitFor();
    expect(world.backups).toEqual([]);
    await leave();
  });

  test('a bot is moved to another target from its menu', async () => {
    const world = makeWorld(threeBots(), { targets: [machine, rack], stepMs: 500 });
    const { page, leave } = await openBot(world, 'overview');
    await chooseInMenu(page, /^Move/);
    const dialog = page.getByRole('dialog', { name: 'Move concierge' });
    await dialog.getByRole('button', { name: 'Move (Choose a target first)' }).click({ force: true });
    expect(world.operations).toEqual([]);
    await dialog.getByRole('radio', { name: /^Rack in the cellar/ }).check();
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    await page.getByRole('region', { name: 'Moving to another target: Rack in the cellar' }).waitFor();
    await page.getByText('Moved', { exact: true }).waitFor();
    await page.getByRole('region', { name: 'Facts' }).getByText('Rack in the cellar').waitFor();
    await leave();
  });

  test('a clone takes the memory along, and starts once it is there', async () => {
    const world = makeWorld(threeBots(), { stepMs: 1_000 });
    const { page, leave } = await openBot(world, 'overview');
    await chooseInMenu(page, /^Clone/);
    const dialog = page.getByRole('dialog', { name: 'Clone concierge' });
    await dialog.getByText('What concierge said and remembers stays with it.').waitFor();
    await dialog.getByLabel('Take its memory along').check();
    await dialog.getByLabel('Start it once its memory is there').waitFor();
    await dialog.getByRole('button', { name: 'Clone', exact: true }).click();
    await page.getByRole('heading', { name: 'concierge-2' }).waitFor();
    await page.getByText('it starts once its memory is there').waitFor();
    await page.getByRole('region', { name: 'Taking over the memory of another bot' }).waitFor();
    await page.getByText('Cloned with its memory').waitFor();
    await page.locator('[data-phase=ready]').first().waitFor();
    expect(world.operations.map(({ kind, botName }) => [kind, botName])).toEqual([['clone', 'concierge-2']]);
    await leave();
  });

  test('the doctor tells apart what is expected, and says why it is so', async () => {
    const { page, leave } = await openBot(makeWorld(threeBots()), 'doctor');
    await page.getByRole('button', { name: 'Run the doctor' }).click();
    const findings = page.getByRole('region', { name: '2 findings' });
    await findings.getByText('Memory search has no embedding provider').waitFor();
    expect(await findings.getByText('Automatic updates are off').isVisible()).toBe(false);
    await findings.getByText('2 expected: our baseline wants it so').click();
    await findings.getByText('Clawster decides which version a bot runs.').waitFor();
    await leave();
  });

  test('a repair asks first, tells its steps, and what is left', async () => {
    const world = makeWorld([...threeBots(), makeBot('gardener', 'stopped')], { stepMs: 1_000 });
    const { page, leave } = await openBot(world, 'doctor');
    await page.getByRole('button', { name: 'Repair…' }).click();
    await page.getByRole('dialog').getByText('Its gateway stops for the repair and starts again').waitFor();
    await page.getByRole('button', { name: 'Stop and repair it' }).click();
    await page.getByRole('button', { name: /^Repairing/ }).waitFor();
    const result = page.getByRole('region', { name: 'Repaired' });
    await result.getByText('2 files and 1 folder can be read by the bot alone now').waitFor();
    await result.getByText('Mended').first().waitFor();
    await result.getByText('2 findings before, 1 finding after.').waitFor();
    await page.getByRole('region', { name: '1 finding' }).waitFor();
    await page.goto(`/bots/${world.bots.at(-1)?.id}?tab=doctor`);
    await page.getByRole('button', { name: 'Repair… (The bot is stopped: start it to have it repaired)' }).waitFor();
    await leave();
  });

  test('the limits of a bot are seen beside what it uses, and changed', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await openBot(world, 'overview');
    const facts = page.getByRole('region', { name: 'Facts' });
    await facts.getByText('812 MB of at most 2.0 GB', { exact: true }).waitFor();
    await facts.getByText('4.7 GB of at most 5.0 GB: nearly full').waitFor();
    await page.getByLabel('Disk limit').fill('2000');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Choose between 1 and 1000 GB').waitFor();
    await page.getByLabel('Disk limit').fill('7.5');
    await page.getByRole('button', { name: 'Save' }).click();
    await facts.getByText('4.7 GB of at most 7.5 GB', { exact: true }).waitFor();
    expect(world.bots[0]?.spec).toMatchObject({ diskBytesMax: 7_500_000_000, memoryBytesMax: 2_000_000_000 });
    await leave();
  });

  test('every page says that no changes are taken and why, and stops saying so by itself', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await openBot(world, 'overview');
    const banner = page.getByRole('region', { name: 'State of Clawster' });
    expect(await banner.isVisible()).toBe(false);
    world.whyReadOnly = "The database's disk is full: free some space there";
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('free some space there. Reading goes on').waitFor();
    await banner.getByText("Read-only. The database's disk is full: free some space there.").waitFor();
    await page.goto('/bots');
    await banner.waitFor();
    delete world.whyReadOnly;
    await banner.waitFor({ state: 'detached' });
    await leave();
  });

  test('a copy that is overtaken says so, and a target what lies there of bots nobody knows', async () => {
    const world = makeWorld(threeBots(), { targets: [machine, rack], overtaken: 'A newer copy is at work: use that' });
    const { page, leave } = await openBot(world, 'overview');
    await page.getByText('Overtaken. A newer copy is at work: use that.').waitFor();
    await page.goto('/targets');
    await page.getByText('Overtaken.').waitFor();
    await page.getByText('1 bot here that this Clawster does not know').click();
    await page.getByText('stray').waitFor();
    await leave();
  });

  test('the chat of a bot whose link is gone for a moment waits for it', async () => {
    const world = makeWorld(threeBots());
    world.unlinked.add(world.bots[0]?.id ?? '');
    const { page, leave } = await openBot(world, 'chat');
    await page.getByText('Waiting for concierge to be linked again').waitFor();
    world.unlinked.clear();
    await page.getByText('Say something to concierge').waitFor();
    await leave();
  });
});

function withBackup(stepMs = 100, bots = threeBots()): World {
  const [bot] = bots;
  return makeWorld(bots, { stepMs, backups: bot ? [makeBackup(bot, undefined, 7_200)] : [] });
}

async function chooseInMenu(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}
