import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

function layered(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveLayers(world);
  return world;
}

describe('the configuration of a bot', () => {
  const visit = dashboardInBrowser();

  test('is changed by a form over what comes from below, looked over, and saved with a reason', async () => {
    const world = layered();
    const [bot] = world.bots;
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${bot?.id}`);
    await page.getByRole('tab', { name: 'Configuration' }).click();
    const role = page.getByLabel('Role');
    expect(await role.getAttribute('placeholder')).toContain('You answer customers of Acme');
    await page.getByText('Comes from the profile Support').first().waitFor();
    await role.fill('You plan journeys.');
    const agents = page.getByRole('region', { name: 'AGENTS.md' });
    await agents.getByText('not saved yet').waitFor();
    await agents.getByText('You plan journeys.').waitFor();
    await page.getByRole('button', { name: 'Add a goal' }).click();
    await page.getByLabel('Goal 1', { exact: true }).fill('Book within a day');
    await page.getByLabel('Measure of goal 1').fill('The ticket is in the chat');
    await page.getByRole('checkbox', { name: /Edit files/ }).check();
    await page.getByRole('checkbox', { name: /Read web pages/ }).uncheck();
    await page.getByRole('button', { name: 'Review and save…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
    await dialog.getByText('tools.allow', { exact: true }).waitFor();
    await dialog.getByText('You plan journeys.').waitFor();
    await dialog.getByLabel('Why (kept with the revision)').fill('A new job');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`${bot?.name} was changed; it takes it up now.`).waitFor();
    expect(world.bots[0]?.spec.settings).toEqual({
      identity: {
        style: 'Two sentences at most.',
        role: 'You plan journeys.',
        goals: { $add: [{ goal: 'Book within a day', measure: 'The ticket is in the chat' }] },
      },
      openclaw: { tools: { allow: { $add: ['ls', 'edit'], $remove: ['web_fetch'] } } },
    });
    expect(world.revisions.get(bot?.id ?? '')?.at(-1)?.reason).toBe('A new job');
    await expect.poll(() => page.getByText('not saved yet').count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('tells of each value which layer decided it and what the others said', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=configuration`);
    const values = page.getByRole('list', { name: 'Values' });
    await values.getByText('openclaw.gateway.bind').waitFor();
    await page.getByLabel('Search paths, values and layers').fill('tools.allow');
    await page.getByText('1 value', { exact: true }).waitFor();
    await values.getByText('openclaw.tools.allow').click();
    const said = page.getByRole('list', { name: 'What layers said, the lowest first' });
    await said.getByText('Clawster’s default').waitFor();
    await expect.poll(() => said.innerText()).toContain('overruled by the template Help desk');
    await expect.poll(() => said.innerText()).toContain('the bot itself adds ls (decides)');
    await page.getByLabel('Search paths, values and layers').fill('responsePrefix');
    await values.getByText('openclaw.messages.responsePrefix').click();
    await page.getByText('Locked by the profile Support').waitFor();
    await page.getByLabel('Search paths, values and layers').fill('no such thing');
    await page.getByText('No value fits').waitFor();
    await page.getByLabel('Search paths, values and layers').fill('');
    await page.getByLabel('Layer', { exact: true }).selectOption('the overlay Holiday replies');
    await page.getByText('1 value', { exact: true }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('as JSON is refused at its path, in the words of the server, before it can be saved', async () => {
    const world = layered();
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=configuration`);
    const raw = page.getByLabel('OpenClaw settings (JSON)');
    await raw.fill('{ "tools": ');
    await page.getByText('This is no JSON yet').first().waitFor();
    await raw.fill('{ "gateway": { "bind": "lan" } }');
    await page.getByText('the gateway answers to its supervisor alone').first().waitFor();
    await page.getByRole('code').filter({ hasText: 'openclaw.gateway' }).first().waitFor();
    const save = page.getByRole('button', { name: /^Review and save/ });
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await raw.fill('{ "messages": { "responsePrefix": "mine" } }');
    await page.getByText('has locked it').first().waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => save.count()).toBe(0);
    expect(await raw.inputValue()).toContain('$add');
    await leave();
  });

  test('gets a profile by name, and lets go of it again; its template is upgraded', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=configuration`);
    const layers = page.getByRole('region', { name: 'Layers, the lowest first' });
    const dialog = page.getByRole('dialog');
    await layers.getByLabel('Profile to attach').selectOption({ label: 'House style' });
    await layers.getByRole('button', { name: 'Attach…' }).click();
    await dialog.getByText('It concerns 1 bot: nothing changes.').waitFor();
    await dialog.getByRole('button', { name: 'Attach it' }).click();
    await layers.getByRole('button', { name: 'Take off' }).click();
    await dialog.getByRole('button', { name: 'Take it off' }).click();
    await expect.poll(() => world.bots[0]?.spec.profileIds).toEqual([]);
    await layers.getByRole('button', { name: 'Upgrade to version 2…' }).click();
    await dialog.getByRole('button', { name: 'Upgrade' }).click();
    await expect.poll(() => world.bots[0]?.spec.template?.version).toBe(2);
    await expect.poll(() => layers.getByRole('button', { name: /Upgrade/ }).count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('cannot be changed by who may only look', async () => {
    const world = layered({ role: 'viewer' });
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=configuration`);
    await page.getByLabel('Role').fill('Mine');
    const save = page.getByRole('button', { name: /^Review and save/ });
    await expect.poll(() => save.getAttribute('title')).toContain('does not include this');
    expect(faults).toEqual([]);
    await leave();
  });
});
