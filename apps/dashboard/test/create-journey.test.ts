import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('a new bot', () => {
  const visit = dashboardInBrowser();

  test('is made from a template, whose questions are a form, and with profiles by name', async () => {
    const world = makeWorld(threeBots());
    giveLayers(world);
    const { page, faults, leave } = await visit(world);
    await page.goto('/bots/new?step=identity');
    const blank = page.getByRole('button', { name: /^Blank/ });
    await expect.poll(() => blank.getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('button', { name: /^Concierge/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^Help desk/ }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('help-desk');
    await page.getByLabel('Company').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').filter({ hasText: 'Company: the template needs an answer' }).waitFor();
    await page.getByLabel('Company').fill('Acme');
    await page.getByLabel('Tone').selectOption('factual');
    await page.getByLabel('Longest turn (minutes)').fill('5');
    await page.getByRole('checkbox', { name: 'May hand over to people' }).uncheck();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('version 2').waitFor();
    await page.getByRole('checkbox', { name: 'House style' }).check();
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await expect.poll(() => world.bots.at(-1)?.name).toBe('help-desk');
    expect(world.bots.at(-1)?.spec).toMatchObject({
      personality: '',
      profileIds: [world.profiles[1]?.id],
      template: {
        id: 'help-desk',
        version: 2,
        variables: { company: 'Acme', tone: 'factual', minutes: 5, escalates: false },
      },
    });
    expect(faults).toEqual([]);
    await leave();
  });

  test('begins with the template one comes from, and can do without it', async () => {
    const world = makeWorld(threeBots());
    giveLayers(world);
    const { page, faults, leave } = await visit(world);
    await page.goto('/configuration?open=help-desk');
    await page.getByRole('link', { name: 'New bot from it' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    const chosen = page.getByRole('button', { name: /^Help desk/ });
    await expect.poll(() => chosen.getAttribute('aria-pressed')).toBe('true');
    await page.getByLabel('Company').waitFor();
    await page.getByLabel('Name').fill('mine');
    await page.getByRole('button', { name: /^Blank/ }).click();
    await expect.poll(() => page.getByLabel('Company').count()).toBe(0);
    expect(await page.getByLabel('Name').inputValue()).toBe('mine');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await expect.poll(() => world.bots.at(-1)?.name).toBe('mine');
    expect(world.bots.at(-1)?.spec.template).toBeUndefined();
    expect(faults).toEqual([]);
    await leave();
  });
});
