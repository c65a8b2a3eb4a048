import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { manyKeys } from './support/secret-key-handlers.ts';
import { makeWorld } from './support/world.ts';

describe('keys of the secrets', () => {
  const visit = dashboardInBrowser();
  const settings = '/settings?section=security';

  test('are listed, and data keys are wrapped anew with their progress, by keyboard', async () => {
    const { page, faults, leave } = await visit(makeWorld());
    await page.goto(settings);
    const card = page.getByRole('region', { name: 'Keys of the secrets' });
    await card.getByText('4 data keys, 12 secrets').waitFor();
    await card.getByText('Never done by this workspace.').waitFor();
    const button = card.getByRole('button', { name: 'Wrap data keys anew' });
    await button.focus();
    await page.keyboard.press('Enter');
    await card.getByRole('progressbar', { name: 'Wrap data keys anew' }).waitFor();
    expect(await button.getAttribute('title')).toBe('It goes on already');
    await card.getByText('4 in all').waitFor();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('say what is wrong: one that cannot be reached, one that is missing, a job that waits, old keys that are needed', async () => {
    const { page, leave } = await visit(makeWorld([], { secretKeys: manyKeys() }));
    await page.goto(settings);
    const card = page.getByRole('region', { name: 'Keys of the secrets' });
    await card.getByText('cannot be reached').first().waitFor();
    await card.getByText('This server does not hold it').waitFor();
    await card.getByText('Nothing is under it any more').waitFor();
    await card.getByText('2 of 5 data keys are under the current key').waitFor();
    await card.getByText('2 backups, 31 kept answers of the API still need it').waitFor();
    expect(await card.getByRole('button', { name: /Encrypt secrets anew/ }).getAttribute('aria-disabled')).toBeNull();
    await leave();
  });

  test('are nothing that others than owners see', async () => {
    const { page, leave } = await visit(makeWorld([], { role: 'admin' }));
    await page.goto(settings);
    await page.getByRole('region', { name: 'Second factor' }).waitFor();
    expect(await page.getByText('Keys of the secrets').count()).toBe(0);
    await leave();
  });
});
