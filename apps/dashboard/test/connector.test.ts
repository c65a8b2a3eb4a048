import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeWorld, threeBots } from './support/world.ts';

async function attach(page: Page, { provider, name, model }: { provider: string; name: string; model: string }) {
  await page.getByRole('button', { name: 'Add a provider' }).first().click();
  await page.getByLabel('Provider', { exact: true }).selectOption(provider);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('API key').fill('right');
  await page.getByRole('combobox', { name: 'Model', exact: true }).fill(model);
  await page.getByRole('button', { name: 'Test and save' }).click();
  await page.getByText(`${name} was added.`).waitFor();
}

describe('model providers', () => {
  const visit = dashboardInBrowser();

  test('a known model comes with its list price; a person changes it, sets a budget and names who stands in', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto('/connectors');
    await attach(page, { provider: 'openai', name: 'OpenAI', model: 'gpt-6-sol' });
    await page.getByText('gpt-6-sol, $2 in and $10 out').waitFor();
    await attach(page, { provider: 'openrouter', name: 'Second', model: 'other/model' });
    await page.getByText('other/model, no price entered').waitFor();

    await page
      .getByRole('listitem')
      .filter({ hasText: 'gpt-6-sol' })
      .getByRole('button', { name: 'Models and limits' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Output', { exact: true }).fill('12');
    await dialog.getByLabel('Budget in US dollars').fill('5');
    await dialog.getByRole('button', { name: 'Add a stand-in' }).click();
    await dialog.getByLabel('Then', { exact: true }).selectOption('Second');
    await dialog.getByLabel('with the model').fill('other/model');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('OpenAI was changed.').waitFor();
    await page.getByText('Each bot may spend $5 a day · other/model stands in').waitFor();

    const [, openai, second] = world.connectors;
    const today = new Date().toISOString().slice(0, 10);
    expect(openai).toMatchObject({
      models: [{ id: 'gpt-6-sol', contextWindow: 1_050_000, price: { input: 2, output: 12, asOf: today } }],
      budget: { usd: 5, period: 'day' },
      fallbacks: [{ connectorId: second?.id, model: 'other/model' }],
    });
    expect(openai?.models[0]?.price).not.toHaveProperty('long');
    await leave();
  });

  test('a provider is given to bots by name or labels; what it comes to is seen before', async () => {
    const world = makeWorld(threeBots());
    const [ada, ...others] = world.bots;
    for (const bot of others) bot.labels = { team: 'support' };
    const { page, leave } = await visit(world);
    await page.goto('/connectors');
    await attach(page, { provider: 'openai', name: 'OpenAI', model: 'gpt-6-sol' });
    const connectorId = world.connectors.at(-1)?.id ?? '';
    const row = page.getByRole('listitem').filter({ hasText: 'gpt-6-sol' });
    const button = row.getByRole('button', { name: 'Give to bots' });
    await button.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: new RegExp(`^${ada?.name}`) }).check();
    await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
    expect(ada?.spec.connectorId).not.toBe(connectorId);
    await dialog.getByRole('button', { name: 'Give it to 1 bot' }).click();
    await page.getByText('1 bot was given OpenAI.').waitFor();
    expect(ada?.spec).toMatchObject({ connectorId, model: 'gpt-6-sol' });
    await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);

    await button.click();
    await dialog.getByLabel('For', { exact: true }).selectOption('labels');
    await dialog.getByLabel('Bots with the labels').fill('team=support');
    await dialog.getByRole('button', { name: 'Give it to 2 bots' }).click();
    await page.getByText('2 bots were given OpenAI.').waitFor();
    await row.getByText('used by').waitFor();
    expect(world.bots.map(({ spec }) => spec.connectorId)).toEqual([connectorId, connectorId, connectorId]);
    await leave();
  });

  test('a provider is asked on the spot, and says when it answered last', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    await page.goto('/connectors');
    await attach(page, { provider: 'google', name: 'Google', model: 'gemini-4-neon' });
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('✓ Answered in 0.4 s').waitFor();
    await leave();
  });

  test('who uses a provider is named', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto('/connectors');
    await page.getByRole('link', { name: world.bots[0]?.name ?? '' }).click();
    await expect.poll(() => page.url()).toContain(`/bots/${world.bots[0]?.id}`);
    await leave();
  });
});
