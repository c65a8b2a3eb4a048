import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('API keys', () => {
  const visit = dashboardInBrowser();

  test('of one’s own are made, rotated and revoked by a viewer too', async () => {
    const world = makeWorld([], { role: 'viewer' });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=api-keys');
    await page.getByRole('button', { name: 'Create a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('reports');
    expect(await dialog.getByLabel('Role').inputValue()).toBe('viewer');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('claw_9fa2_shown-only-once').waitFor();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Rotate…' }).click();
    await dialog.getByLabel(/stays good/).fill('200');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByRole('alert').first().waitFor();
    await dialog.getByLabel(/stays good/).fill('48');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByText('claw_7bc1_rotated').waitFor();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    const old = page.getByRole('listitem').filter({ hasText: 'replaced; ends' });
    await old.getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(() => world.apiKeys.filter(({ revokedAt }) => revokedAt).length).toBe(1);
    expect(await page.getByText('Service accounts').count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are good for some bots only, when that is chosen', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=api-keys');
    const create = page.getByRole('button', { name: 'Create a key' });
    const dialog = page.getByRole('dialog');
    await create.click();
    await dialog.getByLabel('Name').fill('support');
    await dialog.getByLabel('For').selectOption('the bots with some labels');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Write name=value').waitFor();
    await dialog.getByLabel('Labels').fill('team=support');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByText(/^operator for the bots with team=support/).waitFor();
    await create.click();
    await dialog.getByLabel('Name').fill('one');
    await dialog.getByLabel('For').selectOption('one bot');
    await dialog.getByLabel('Bot', { exact: true }).selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    expect(world.apiKeys.map(({ bots }) => bots)).toEqual([
      { botId: expect.any(String) as string },
      { labels: { team: 'support' } },
    ]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('of service accounts are made there, and end with them', async () => {
    const world = makeWorld([], { role: 'admin' });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=api-keys');
    await page.getByRole('button', { name: 'Make a service account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await dialog.getByText('Name the account after what its programs do').waitFor();
    await dialog.getByLabel('Name').fill('Deploys');
    await dialog.getByLabel('Role').selectOption('operator');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    const accounts = page.getByRole('region', { name: 'Service accounts' });
    const row = accounts.getByRole('listitem').filter({ hasText: 'Deploys' });
    const choose = async (title: RegExp) => {
      await row.getByRole('button', { name: 'Manage' }).click();
      await page.getByRole('menuitem', { name: title }).click();
    };
    await choose(/^Create a key/);
    await dialog.getByLabel('Name').fill('ci');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('operator · of Deploys').waitFor();
    await row.getByText('1 key').waitFor();
    await choose(/^Disable/);
    await row.getByText('disabled').waitFor();
    await choose(/^Enable/);
    await expect.poll(() => world.serviceAccounts[0]?.disabledAt).toBeUndefined();
    await choose(/^Change/);
    await dialog.getByLabel('Role').selectOption('viewer');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('1 API key ended with it').waitFor();
    await choose(/^Delete/);
    await dialog.getByRole('button', { name: 'Delete the account' }).click();
    await expect.poll(() => world.serviceAccounts).toEqual([]);
    expect(faults).toEqual([]);
    await leave();
  });
});
