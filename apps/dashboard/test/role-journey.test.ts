import { roleMatrix } from '@clawster/domain/role/role';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { somePeople } from './support/person-handlers.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('roles', () => {
  const visit = dashboardInBrowser();

  test('are made of permissions one has, changed, and deleted', async () => {
    const world = makeWorld([], { people: somePeople(), role: 'admin' });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=roles');
    await page.getByText('in every workspace').first().waitFor();
    await page.getByRole('button', { name: 'Make a role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('viewer');
    await dialog.getByRole('button', { name: 'Make the role' }).click();
    await dialog.getByText('Choose at least one permission').waitFor();
    const bots = dialog.getByRole('group', { name: 'Bots' });
    await bots.getByRole('checkbox', { name: 'see' }).check();
    await bots.getByRole('checkbox', { name: 'talk to' }).check();
    const workspace = dialog.getByRole('group', { name: 'Workspace' });
    expect(await workspace.getByRole('checkbox', { name: /manage .*do not have this yourself/ }).isDisabled()).toBe(
      true,
    );
    await dialog.getByRole('button', { name: 'Make the role' }).click();
    await dialog.getByText('There is a role named viewer already').waitFor();
    await dialog.getByLabel('Name').fill('support-talk');
    await dialog.getByRole('button', { name: 'Make the role' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'support-talk' });
    await row.getByRole('button', { name: 'Change…' }).click();
    await dialog.getByRole('checkbox', { name: 'talk to' }).uncheck();
    await dialog.getByRole('button', { name: 'Change the role' }).click();
    await page.getByText('1 API key ended with it').waitFor();
    expect(world.ownRoles).toMatchObject([{ name: 'support-talk', permissions: ['bot:read'] }]);
    await row.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => world.ownRoles).toEqual([]);
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await leave();
  });

  test('are given for some bots, by labels or one by one, and taken away', async () => {
    const world = makeWorld(threeBots(), { people: somePeople() });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=people');
    const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Annie Easley' });
    await row.getByRole('button', { name: 'Manage' }).click();
    await page.getByRole('menuitem', { name: /^Roles for some bots/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing beside the role operator yet').waitFor();
    await dialog.getByLabel('Role', { exact: true }).selectOption('developer');
    await dialog.getByLabel('Labels').fill('team');
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Write name=value' }).waitFor();
    await dialog.getByLabel('Labels').fill('team=support');
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.getByText('for the bots with team=support').waitFor();
    await dialog.getByLabel('For', { exact: true }).selectOption('bot');
    await dialog.getByLabel('Bot', { exact: true }).selectOption({ label: 'researcher' });
    await dialog.getByRole('button', { name: 'Give the role' }).click();
    await dialog.getByText('for researcher').waitFor();
    expect(world.bindings).toMatchObject([
      { role: 'developer', botName: 'researcher' },
      { role: 'developer', bots: { labels: { team: 'support' } } },
    ]);
    await dialog.getByRole('button', { name: 'Take away' }).first().click();
    await expect.poll(() => world.bindings.length).toBe(1);
    expect(faults).toEqual([]);
    await leave();
  });

  test('for some bots leave what is for others disabled, with the reason', async () => {
    const [concierge, researcher] = threeBots();
    if (!concierge || !researcher) throw new Error('There are three');
    const grants = [{ role: 'operator', permissions: [...roleMatrix.operator], bots: { botId: concierge.id } }];
    const world = makeWorld([concierge, researcher], { role: 'viewer', grants });
    const { page, faults, leave } = await visit(world);
    const stop = page.getByRole('button', { name: /^Stop/ });
    await page.goto(`/bots/${concierge.id}`);
    await expect.poll(() => stop.getAttribute('aria-disabled')).toBeNull();
    await page.goto(`/bots/${researcher.id}`);
    await expect.poll(() => stop.getAttribute('title')).toContain('do not include this for this bot');
    expect(faults).toEqual([]);
    await leave();
  });
});

describe('labels', () => {
  const visit = dashboardInBrowser();

  test('are set on the page of a bot, a line for each', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=overview`);
    await page.getByRole('button', { name: 'Change…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Labels').fill('Team support');
    await dialog.getByRole('alert').filter({ hasText: 'Write name=value' }).waitFor();
    await dialog.getByLabel('Labels').fill('team=support\nenv=live');
    await dialog.getByRole('button', { name: 'Save the labels' }).click();
    await expect.poll(() => world.bots[0]?.labels).toEqual({ team: 'support', env: 'live' });
    await page.getByRole('code').filter({ hasText: 'env=live' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });
});
