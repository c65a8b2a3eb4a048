import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, tellEvent, threeBots, type World } from './support/world.ts';

function layered(): World {
  const world = makeWorld(threeBots());
  giveLayers(world);
  return world;
}

/** All bots have both profiles by name; one of them may be held still. */
function oneHeld() {
  const world = layered();
  const [support = '', house = ''] = world.profiles.map(({ id }) => id);
  for (const bot of world.bots) bot.spec.profileIds = [support, house];
  const held = world.bots[2];
  if (!held) throw new Error('There are three');
  return { world, support, house, held };
}

async function configure(page: Page, item: RegExp): Promise<void> {
  await page.goto('/bots');
  await page.getByLabel('Select all that are loaded').check();
  await page.getByRole('button', { name: 'Configure' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

const namedBy = (world: World) => world.bots.map(({ spec }) => spec.profileIds);

describe('the configuration of selected bots', () => {
  const visit = dashboardInBrowser();

  test('gets a profile after a look at what that comes to, with a reason and a result for each', async () => {
    const world = layered();
    const house = world.profiles[1]?.id ?? '';
    if (world.bots[1]) world.bots[1].spec.profileIds = [house];
    const { page, faults, leave } = await visit(world);
    await configure(page, /^Attach a profile/);
    const dialog = page.getByRole('dialog', { name: 'Attach a profile' });
    await dialog.getByLabel('Profile').selectOption('House style');
    // The first bot says for itself what the profile says: of it nothing changes.
    await dialog.getByText('It concerns 2 bots: 1 changes at once.').waitFor();
    await dialog.getByText('1 of the 3 selected bots left out: attached already.').waitFor();
    await dialog.getByText('Short sentences, plain words.').first().waitFor();
    await dialog.getByLabel('Why (kept with the revision)').fill('One voice');
    await dialog.getByRole('button', { name: 'Attach 2 bots' }).click();
    await page.getByText('2 bots given House style.').waitFor();
    expect(namedBy(world)).toEqual([[house], [house], [house]]);
    expect(world.revisions.get(world.bots[0]?.id ?? '')?.at(-1)?.reason).toBe('One voice');
    await page.getByRole('button', { name: 'Close the results' }).click();
    expect(faults).toEqual([]);
    await leave();
  });

  test('keeps what failed with its reason in sight, and tries that again: what was done stays done', async () => {
    const { world, support, house, held } = oneHeld();
    held.operation = { id: '11111111-1111-4111-8111-111111111111', kind: 'restore' };
    const { page, faults, leave } = await visit(world);
    await configure(page, /^Detach a profile/);
    const dialog = page.getByRole('dialog', { name: 'Detach a profile' });
    await dialog.getByLabel('Profile').selectOption('House style');
    await dialog.getByText('1 could not take it over').waitFor();
    await dialog.getByText('support', { exact: true }).click();
    await dialog.getByText('The bot is being restored from a backup').waitFor();
    await dialog.getByRole('button', { name: 'Detach 2 bots' }).click();
    await page.getByText('2 of 3 bots freed of House style; 1 not.').waitFor();
    const results = page.getByRole('list', { name: 'Result for each bot' });
    expect((await results.getByRole('listitem').first().innerText()).replaceAll('\n', ' ')).toContain(
      'support The bot is being restored from a backup',
    );
    expect(namedBy(world)).toEqual([[support], [support], [support, house]]);
    const seenAgain = page.waitForResponse((response) => response.url().includes('/api/v1/bots?'));
    delete held.operation;
    tellEvent(world, 'operation-phase-changed', held, { to: 'done' });
    await seenAgain;
    await page.getByRole('button', { name: 'Try the failed ones again' }).click();
    await page.getByText('3 bots freed of House style.').waitFor();
    expect(namedBy(world)).toEqual([[support], [support], [support]]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('is upgraded, each to the newest version of its own template; a refusal of the server stops no other', async () => {
    const world = layered();
    const desk = world.templates[0]?.id ?? '';
    for (const bot of world.bots.slice(0, 2))
      bot.spec.template = { id: desk, version: 1, variables: { company: 'Acme' } };
    const { page, leave } = await visit(world);
    await configure(page, /^Upgrade template/);
    const dialog = page.getByRole('dialog', { name: 'Upgrade template' });
    await dialog.getByText('It concerns 2 bots').waitFor();
    await dialog.getByText('1 of the 3 selected bots left out: no newer version of a template.').waitFor();
    world.whyReadOnly = "The database's disk is full";
    await dialog.getByRole('button', { name: 'Upgrade 2 bots' }).click();
    await page.getByText('0 of 2 bots upgraded; 2 not.').waitFor();
    delete world.whyReadOnly;
    await page.getByRole('button', { name: 'Try the failed ones again' }).click();
    await page.getByText('2 bots upgraded.').waitFor();
    expect(await page.getByRole('button', { name: 'Try the failed ones again' }).count()).toBe(0);
    expect(world.bots.map(({ spec }) => spec.template?.version)).toEqual([2, 2, undefined]);
    await leave();
  });

  test('is changed by keys alone, and the menu says why where there is nothing to change', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto('/bots');
    await page.getByLabel('Select all that are loaded').check();
    await page.getByRole('button', { name: 'Configure' }).press('Enter');
    await page.getByText('None of the selected bots has a profile by name').waitFor();
    await page.getByText('None of the selected bots was made from a template').waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Attach a profile' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Configure');
    await leave();
  });
});
