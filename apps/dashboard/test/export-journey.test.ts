import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { someExporters } from './support/exporter-handlers.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('what leaves for other tools', () => {
  const visit = dashboardInBrowser();

  test('is set up, tried and taken away; the headers are asked for again for another address', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=export');
    await page.getByText('Nothing is sent anywhere yet.').waitFor();
    await page.getByRole('button', { name: 'Add an exporter' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Langfuse');
    await dialog.getByLabel('Address').fill('https://cloud.langfuse.com/api/public/otel');
    await dialog.getByLabel('Headers').fill('Authorization: Basic abc');
    await dialog.getByLabel(/^Metrics/).uncheck();
    await dialog.getByLabel('Percent of traces').fill('25');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    const row = page.getByRole('listitem', { name: 'Langfuse' });
    await row.getByText('25 % of traces without what was said').waitFor();
    await row.getByRole('button', { name: 'Send a test' }).click();
    await row.getByText('It took the trace').waitFor();
    await row.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('menuitem', { name: 'Change' }).click();
    await dialog.getByLabel('Address').fill('https://elsewhere.example.com');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Enter the headers again').waitFor();
    await page.keyboard.press('Escape');
    await row.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete the exporter' }).click();
    await row.waitFor({ state: 'detached' });
    expect(world.exporters).toEqual([]);
    // That the other address was refused.
    expect(faults).toEqual([expect.stringContaining('422')]);
    await leave();
  });

  test('that stopped says why, and goes on when it is told to', async () => {
    const world = makeWorld(threeBots());
    world.exporters = someExporters();
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=export');
    const row = page.getByRole('listitem', { name: 'Collector' });
    await row.getByText('refuses connections').waitFor();
    await row.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('menuitem', { name: 'Try again now' }).click();
    await row.getByText('Sending').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('has links that are shown on a bot, and one that is no address of the web is refused', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto('/settings?section=export');
    await page.getByRole('button', { name: 'Add a link' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Grafana');
    await dialog.getByLabel('Address').fill('javascript:alert({botId})');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.getByText('Begin with https:// or http://').waitFor();
    await dialog.getByLabel('Address').fill('https://grafana.example.com/d/1?bot={botId}');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await page.getByText('https://grafana.example.com/d/1?bot={botId}').waitFor();
    const [bot] = world.bots;
    await page.goto(`/bots/${bot?.id}?tab=overview`);
    const link = page.getByRole('list', { name: 'Other tools' }).getByRole('link', { name: /Grafana/ });
    expect(await link.getAttribute('href')).toBe(`https://grafana.example.com/d/1?bot=${bot?.id}`);
    expect(await link.getAttribute('rel')).toContain('noreferrer');
    await leave();
  });
});
