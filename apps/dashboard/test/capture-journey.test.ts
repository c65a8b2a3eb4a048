import { captureUsual } from '@clawster/contract/capture';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('what is kept of conversations', () => {
  const visit = dashboardInBrowser();

  test('more is kept only after it was said of how many bots; less at once', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=conversations');
    await page.getByRole('radio', { name: /^Text, masked/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It concerns 3 bots').waitFor();
    await page.keyboard.press('Escape');
    expect(world.capture).toEqual(captureUsual);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Keep it so' }).click();
    await page.getByText('It is kept so from now on').first().waitFor();
    expect(world.capture).toEqual({ ...captureUsual, mode: 'redacted' });
    await page.getByLabel('Text is kept for').selectOption('7 days');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => world.capture.keepDays).toBe(7);
    expect(faults).toEqual([]);
    await leave();
  });

  test('a bot may have a mode of its own', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=overview`);
    await page.getByLabel('What is kept of its conversations').selectOption('Text as it was');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(() => world.bots[0]?.spec.capture).toBe('full');
    await leave();
  });
});
