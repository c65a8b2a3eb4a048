import { describe, expect, test } from 'vitest';
import { openSecret } from './support/channel-places.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveChannels, giveSources } from './support/some-channels.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

function worldWithChannels(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveChannels(world);
  return world;
}

describe('secrets', () => {
  const visit = dashboardInBrowser();

  test('are kept under a name, found, changed and deleted; one that is used says by what', async () => {
    const world = makeWorld();
    const { page, faults, leave } = await visit(world);
    await page.goto('/secrets');
    await page.getByRole('button', { name: 'Keep a secret' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.getByText('Enter the secret').waitFor();
    await dialog.getByLabel('Name').fill('Telegram');
    await dialog.getByLabel('Value').fill('123:abc');
    await dialog.getByLabel(/^Replace every/).fill('90');
    await dialog.getByLabel('Expires on').fill('2030-01-31');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await openSecret('Telegram')(page);
    await page.getByText('every 90 days').waitFor();
    await page.getByRole('button', { name: 'Change…' }).click();
    await dialog.getByLabel('Note').fill('Of the support bot');
    await dialog.getByLabel(/^Replace every/).fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Of the support bot').waitFor();
    expect(await page.getByText('every 90 days').count()).toBe(0);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No secrets yet').waitFor();
    expect(JSON.stringify(world.events)).not.toContain('123:abc');
    expect(faults).toEqual([]);
    await leave();
  });

  test('are kept in another store, and read there when someone asks', async () => {
    const world = makeWorld();
    giveSources(world);
    const { page, faults, leave } = await visit(world);
    await page.goto('/secrets');
    await page.getByText('Trouble in the vault').waitFor();
    await page.getByRole('button', { name: 'Keep a secret' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Telegram');
    await dialog.getByLabel('Kept').selectOption('vault-kv');
    await dialog.getByLabel('Path').fill('secret/bots/none');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.getByText('Say which field of it').waitFor();
    await dialog.getByLabel('Field').fill('token');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.getByText('The vault has no secret secret/bots/none').waitFor();
    await dialog.getByLabel('Path').fill('secret/bots/telegram');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await openSecret('Telegram')(page);
    await page.getByText('secret/bots/telegram # token').waitFor();
    const rotate = page.getByRole('button', { name: /^Rotate…/ });
    expect(await rotate.getAttribute('title')).toContain('It is kept in the vault: change it there');
    await page.goto('/secrets');
    await openSecret('Pager key')(page);
    await page.getByText('does not let Clawster read').waitFor();
    await page.getByRole('button', { name: 'Read now' }).click();
    await page.getByText('does not let Clawster read').waitFor({ state: 'detached' });
    // Of the place where there is none.
    expect(faults).toEqual([expect.stringContaining('422')]);
    await leave();
  });

  test('are searched, and say what is overdue, in use and being given', async () => {
    const { page, faults, leave } = await visit(worldWithChannels());
    await page.goto('/secrets');
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('Slack app token').getByText('Overdue').waitFor();
    await row('Discord bot token').getByText('Expired').waitFor();
    await row('Telegram bot token').getByText('Soon').waitFor();
    await page.getByRole('searchbox', { name: 'Search secrets' }).fill('spare');
    await row('Slack app token').waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search secrets' }).fill('');
    await openSecret('Slack app token')(page);
    const used = page.getByRole('button', { name: /^Delete…/ });
    expect(await used.getAttribute('title')).toContain('Used by Helpdesk');
    await page.getByRole('list', { name: 'Who was given it' }).getByText('Works with it').waitFor();
    await page.getByRole('link', { name: 'Helpdesk' }).click();
    await page.getByRole('heading', { name: 'Helpdesk' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('are rotated in waves; a stuck bot halts them until someone goes on without it', async () => {
    const world = worldWithChannels({ refusing: new Set(['researcher']), stepMs: 400 });
    const { page, faults, leave } = await visit(world);
    await page.goto('/secrets');
    await openSecret('Discord bot token')(page);
    await page.getByRole('button', { name: 'Rotate…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 bots have it, 2 of them running').waitFor();
    await dialog.getByText('They get it in 2 waves').waitFor();
    await dialog.getByLabel('New value').fill('a-new-value');
    await dialog.getByRole('button', { name: 'Try and rotate' }).click();
    const waves = page.getByRole('list', { name: 'Waves' });
    await waves.getByText('Being given').first().waitFor();
    await page.getByText('Halted', { exact: true }).waitFor();
    await waves.getByText('researcher: the service answered 401').waitFor();
    await page.getByRole('button', { name: 'Go on without them' }).click();
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByText('Community still takes the former value: delete it at the service.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(world.secrets.find(({ name }) => name === 'Discord bot token')?.versions).toMatchObject([
      { version: 2, state: 'current' },
      { version: 1, state: 'revoked' },
    ]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are given back by undoing, and tried again once the bot was mended', async () => {
    const world = worldWithChannels({ refusing: new Set(['concierge']) });
    const { page, leave } = await visit(world);
    await page.goto('/secrets');
    await openSecret('Telegram bot token')(page);
    const rotate = async () => {
      await page.getByRole('button', { name: 'Rotate…' }).click();
      await page.getByRole('dialog').getByLabel('New value').fill('a-new-value');
      await page.getByRole('dialog').getByRole('button', { name: 'Try and rotate' }).click();
      await page.getByText('Halted', { exact: true }).waitFor();
    };
    await rotate();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Undone', { exact: true }).waitFor();
    await rotate();
    world.refusing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Every bot has the new value').waitFor();
    await leave();
  });

  test('are revoked in an emergency, by name and with a reason', async () => {
    const world = worldWithChannels();
    const { page, faults, leave } = await visit(world);
    await page.goto('/secrets');
    await openSecret('Slack bot token')(page);
    await page.getByRole('button', { name: 'Revoke…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 bot loses it, without waves').waitFor();
    const revoke = dialog.getByRole('button', { name: /^Revoke it now/ });
    expect(await revoke.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Type Slack bot token to confirm').fill('Slack bot token');
    expect(await revoke.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Why').fill('It was in a screenshot');
    await revoke.click();
    await page.getByText('was revoked and taken from 1 bot').waitFor();
    await page.getByRole('list', { name: 'Versions' }).getByText('Destroyed here').waitFor();
    expect(await page.getByRole('button', { name: /^Revoke…/ }).getAttribute('aria-disabled')).toBe('true');
    expect(faults).toEqual([]);
    await leave();
  });

  test('are looked at by a viewer, and not changed', async () => {
    const { page, leave } = await visit(worldWithChannels({ role: 'viewer' }));
    await page.goto('/secrets');
    await openSecret('Slack bot token')(page);
    for (const name of [/^Rotate…/, /^Change…/, /^Revoke…/, /^Delete…/])
      expect(await page.getByRole('button', { name }).getAttribute('title')).toContain('does not include this');
    await leave();
  });

  test('need attention on the first page when they are overdue, and when a rotation was halted', async () => {
    const world = worldWithChannels({ refusing: new Set(['concierge']) });
    const { page, leave } = await visit(world);
    await page.goto('/secrets');
    await openSecret('Telegram bot token')(page);
    await page.getByRole('button', { name: 'Rotate…' }).click();
    await page.getByRole('dialog').getByLabel('New value').fill('a-new-value');
    await page.getByRole('dialog').getByRole('button', { name: 'Try and rotate' }).click();
    await page.getByText('Halted', { exact: true }).waitFor();
    await page.goto('/');
    const needs = page.getByRole('region', { name: 'Needs attention' });
    for (const name of ['Rotation of Telegram bot token', 'Slack app token', 'Discord bot token', 'Community'])
      await needs.getByText(name, { exact: true }).waitFor();
    await needs.getByRole('link', { name: 'Decide how to go on' }).click();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
    await leave();
  });
});
