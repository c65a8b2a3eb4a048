import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { ago } from './support/fleet.ts';
import { makeWorld, password, threeBots, totpCode, type World } from './support/world.ts';

type Page = Awaited<ReturnType<ReturnType<typeof dashboardInBrowser>>>['page'];

describe('a second factor that is required', () => {
  const visit = dashboardInBrowser();

  test('is asked for over every page, with until when, and asked for no more once it is there', async () => {
    const world: World = makeWorld(threeBots(), { missingFactor: { dueAt: ago(-80_000), isOverdue: false } });
    const { page, faults, leave } = await visit(world);
    await page.goto('/bots');
    const banner = page.getByRole('region', { name: 'Second factor' }).filter({ hasText: 'You have until' });
    await banner.getByRole('link', { name: 'Add one' }).click();
    await page.waitForURL(/settings#second-factor/);
    await addApp(page);
    await banner.waitFor({ state: 'hidden' });
    expect(faults).toEqual([]);
    await leave();
  });

  test('stands in place of every page when its time is over, until the person goes on', async () => {
    const world: World = makeWorld(threeBots(), { missingFactor: { dueAt: ago(60), isOverdue: true } });
    const { page, faults, leave } = await visit(world);
    await page.goto('/bots');
    await page.getByRole('heading', { name: 'Add a second factor' }).waitFor();
    const goOn = page.getByRole('button', { name: 'Go on' });
    expect(await goOn.getAttribute('aria-disabled')).toBe('true');
    await addApp(page);
    await goOn.click();
    await page.getByText('port 41021 is taken').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is required of whom an owner chooses, and others see of whom', async () => {
    const world = makeWorld();
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=security');
    const everyone = page.getByRole('radio', { name: 'Required of everyone' });
    await everyone.click();
    await expect.poll(() => everyone.isChecked()).toBe(true);
    await expect.poll(() => world.requiredOf).toBe('everyone');
    await page.getByText('A second factor is required of everyone from now on.').waitFor();
    world.role = 'admin';
    await page.reload();
    await page.getByText('Owners decide this.').waitFor();
    expect(await page.getByRole('radio', { name: 'Required of nobody' }).isDisabled()).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });
});

async function addApp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add an authenticator app…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your passphrase').fill(password);
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Code of the app').fill(totpCode);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'I have them' }).click();
}
