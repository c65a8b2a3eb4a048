import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

function layered(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveLayers(world);
  return world;
}

describe('profiles', () => {
  const visit = dashboardInBrowser();

  test('are made with what they touch told beforehand, changed, searched and deleted', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto('/');
    await page.getByRole('link', { name: 'Configuration', exact: true }).click();
    await page.getByRole('tab', { name: 'Profiles' }).click();
    await page.getByRole('button', { name: 'New profile' }).click();
    const save = page.getByRole('button', { name: /^Review and save/ });
    await expect.poll(() => save.getAttribute('title')).toContain('Name the profile');
    await page.getByLabel('Name', { exact: true }).fill('Careful');
    await page.getByLabel('Bots with the labels').fill('team');
    await page.getByRole('alert').filter({ hasText: 'Write name=value' }).waitFor();
    await page.getByLabel('Bots with the labels').fill('team=support');
    await page.getByLabel('Role').fill('You are careful.');
    await page.getByLabel('Priority').fill('150');
    await page.getByLabel('Read web pages').selectOption('taken away');
    const touches = page.getByRole('region', { name: 'What it touches' });
    await touches.getByText('It concerns 2 bots: 2 change at once.').waitFor();
    await save.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('concierge', { exact: true }).click();
    await dialog.getByText('You are careful.').first().waitFor();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The profile Careful is there.').waitFor();
    expect(world.profiles.at(-1)).toMatchObject({
      name: 'Careful',
      selector: { team: 'support' },
      priority: 150,
      settings: {
        identity: { role: 'You are careful.' },
        openclaw: { tools: { allow: { $remove: ['web_fetch'] } } },
      },
    });
    const list = page.getByRole('list', { name: 'Profiles' });
    await page.getByLabel('Search profiles').fill('house');
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('Search profiles').fill('nothing like it');
    await page.getByText('No profile fits').waitFor();
    await page.getByLabel('Search profiles').fill('');
    await page.getByRole('button', { name: 'Change House style' }).click();
    await page.getByLabel('Communication style').fill('Long sentences.');
    await page.getByText('It concerns no bot now.').waitFor();
    await save.click();
    await dialog.getByLabel('Why (kept with the revision)').fill('For the novel');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => world.profiles[1]?.version).toBe(2);
    await page.getByRole('button', { name: 'Delete… Support' }).click();
    await dialog.getByText('It concerns 2 bots').waitFor();
    await dialog.getByRole('button', { name: 'Delete the profile' }).click();
    await expect.poll(() => world.profiles.map(({ name }) => name)).toEqual(['House style', 'Careful']);
    expect(faults).toEqual([]);
    await leave();
  });

  test('that a bot could not take over are not saved, and say which bot and why', async () => {
    const world = layered();
    const { page, leave } = await visit(world);
    await page.goto('/configuration?tab=profiles');
    await page.getByRole('button', { name: 'Change Support' }).click();
    await page.getByLabel('OpenClaw settings (JSON)').fill('{ "tools": { "allow": "all" } }');
    await page.getByText('Write a list of tools').first().waitFor();
    await page.getByLabel('OpenClaw settings (JSON)').fill('{ "tools": { "allow": { "$remove": ["read"] } } }');
    await page.getByLabel('Locked').fill('openclaw.tools.allow');
    const touches = page.getByRole('region', { name: 'What it touches' });
    await touches.getByText('could not take it over').first().waitFor();
    const save = page.getByRole('button', { name: /^Review and save/ });
    await expect.poll(() => save.getAttribute('title')).toContain('has locked it');
    await leave();
  });
});

describe('overlays', () => {
  const visit = dashboardInBrowser();

  test('are laid over one bot or some, for a while, and taken away', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto('/configuration?tab=overlays');
    await page.getByText('for bots with team=support').waitFor();
    await page.getByRole('button', { name: 'New overlay' }).click();
    const dialog = page.getByRole('dialog');
    const save = page.getByRole('button', { name: /^Review and save/ });
    await page.getByLabel('Name', { exact: true }).fill('Quiet week');
    await expect.poll(() => save.getAttribute('title')).toContain('Choose the bot');
    await page.getByLabel('Bot', { exact: true }).selectOption({ label: 'concierge' });
    await page.getByLabel('Why', { exact: true }).fill('The team is away');
    await page.getByLabel('Until').fill('2099-01-02T09:00');
    await page.getByRole('button', { name: 'Add a goal' }).click();
    await page.getByLabel('Goal 1', { exact: true }).fill('Say when someone is back');
    await page.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
    await save.click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The overlay Quiet week is laid.').waitFor();
    expect(world.overlays.at(-1)).toMatchObject({
      name: 'Quiet week',
      reason: 'The team is away',
      botId: world.bots[0]?.id,
      settings: { identity: { goals: { $add: [{ goal: 'Say when someone is back' }] } } },
    });
    expect(new Date(world.overlays.at(-1)?.expiresAt ?? '').getFullYear()).toBe(2099);
    await page.getByRole('button', { name: 'Change Quiet week' }).click();
    await page.getByText('For concierge. That stays as it is.').waitFor();
    await page.getByLabel('Until').fill('');
    await save.click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => world.overlays.at(-1)?.expiresAt).toBeUndefined();
    await page.getByLabel('Search overlays').fill('easter');
    await page.getByText('No overlay fits').waitFor();
    await page.getByLabel('Search overlays').fill('holi');
    await page.getByRole('button', { name: 'Change Quiet week' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Take away… Holiday replies' }).click();
    await dialog.getByText('It concerns 2 bots').waitFor();
    await dialog.getByRole('button', { name: 'Take it away' }).click();
    await expect.poll(() => world.overlays.map(({ name }) => name)).toEqual(['Quiet week']);
    expect(faults).toEqual([]);
    await leave();
  });
});

describe('who may only look', () => {
  const visit = dashboardInBrowser();

  test('sees layers and what they say, and changes none', async () => {
    const { page, faults, leave } = await visit(layered({ role: 'viewer' }));
    for (const [tab, name] of [
      ['profiles', 'New profile'],
      ['overlays', 'New overlay'],
      ['templates', 'New template'],
    ] as const) {
      await page.goto(`/configuration?tab=${tab}`);
      const add = page.getByRole('button', { name });
      await expect.poll(() => add.getAttribute('title')).toContain('does not include this');
    }
    expect(faults).toEqual([]);
    await leave();
  });
});
