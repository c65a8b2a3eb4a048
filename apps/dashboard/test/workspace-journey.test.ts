import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBot } from './support/fleet.ts';
import { makeWorld } from './support/world.ts';

const lab = { id: '22222222-2222-4222-8222-222222222222', name: 'Laboratory', role: 'viewer' } as const;

describe('workspaces', () => {
  const visit = dashboardInBrowser();

  test('are switched by keyboard, and nothing of the one before stays', async () => {
    const otherWorkspaces = [{ ...lab, bots: [makeBot('beaker', 'ready', 50)] }];
    const world = makeWorld([makeBot('concierge', 'ready', 7200)], { otherWorkspaces });
    const { page, faults, leave } = await visit(world);
    await page.goto('/bots');
    await page.getByText('concierge').first().waitFor();
    const switcher = page.getByRole('button', { name: 'Workspace: Analytical Engines' });
    await switcher.focus();
    await page.keyboard.press('Enter');
    const current = page.getByRole('menuitemradio', { name: /Analytical Engines/ });
    await expect.poll(() => current.getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Escape');
    await current.waitFor({ state: 'detached' });
    expect(await switcher.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await current.waitFor();
    await page.keyboard.type('Lab');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Workspace: Laboratory' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('link', { name: 'Bots', exact: true }).click();
    await page.getByText('beaker').first().waitFor();
    expect(await page.getByText('concierge').count()).toBe(0);
    expect(world.workspaceId).toBe(lab.id);

    await page.getByRole('button', { name: 'Workspace: Laboratory' }).click();
    const make = page.getByRole('menuitem', { name: /New workspace/ });
    await make.getByText('Your role (viewer) does not include this').waitFor();
    expect(await make.getAttribute('aria-disabled')).toBe('true');
    expect(faults).toEqual([]);
    await leave();
  });

  test('another is made and entered, and then renamed in the settings', async () => {
    const world = makeWorld([makeBot('concierge', 'ready', 7200)]);
    const { page, faults, leave } = await visit(world);
    await page.goto('/');
    await page.getByRole('button', { name: 'Workspace: Analytical Engines' }).click();
    await page.getByRole('menuitem', { name: /New workspace/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the workspace' }).click();
    await dialog.getByText('Enter a name').waitFor();
    await dialog.getByLabel('Name of the workspace').fill('Research');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Workspace: Research' }).waitFor();
    expect(world.bots).toEqual([]);
    await page.goto('/settings?section=workspace');
    await page.getByLabel('Name of the workspace').fill('Research and Toys');
    await page.getByRole('button', { name: 'Rename the workspace' }).click();
    await page.getByRole('button', { name: 'Workspace: Research and Toys' }).waitFor();
    expect(world.workspaceName).toBe('Research and Toys');
    expect(faults).toEqual([]);
    await leave();
  });
});
