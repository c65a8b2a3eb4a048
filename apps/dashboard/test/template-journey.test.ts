import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

function layered(): World {
  const world = makeWorld(threeBots());
  giveLayers(world);
  return world;
}

describe('templates', () => {
  const visit = dashboardInBrowser();

  test('are looked at, exported, taken in again, and deleted', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto('/configuration');
    await page.getByLabel('Search templates').fill('customers');
    const gallery = page.getByRole('list', { name: 'Templates' });
    await expect.poll(() => gallery.getByRole('listitem').count()).toBe(1);
    await gallery.getByRole('button', { name: /^Help desk/ }).click();
    await page.getByRole('region', { name: 'What it asks' }).getByText('Must be answered.').waitFor();
    await page.getByRole('region', { name: 'What version 2 sets' }).getByText('You help {{company}}.').waitFor();
    await page.getByLabel('Version that is shown').selectOption('1');
    await page.getByRole('region', { name: 'What version 1 sets' }).getByText('you are {{tone}}').waitFor();
    expect(await page.getByRole('button', { name: 'Delete…' }).count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('Help-desk.template.json');
    // The browser is another process's: what it kept is read through it.
    const file = await buffer(await download.createReadStream());
    await page.getByRole('button', { name: 'Back' }).click();
    const dialog = page.getByRole('dialog');
    const take = (content: Buffer) =>
      page
        .getByLabel('File of a template')
        .setInputFiles({ name: 't.json', mimeType: 'application/json', buffer: content });
    await take(Buffer.from('{"kind":"other"}'));
    await dialog.getByText('There is no template in this file').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await take(file);
    await dialog.getByLabel('Name').fill('Night desk');
    await dialog.getByRole('button', { name: 'Import it' }).click();
    await expect.poll(() => world.templates.at(-1)?.name).toBe('Night desk');
    expect(world.templates.at(-1)?.versions[0]?.content).toEqual(world.templates[0]?.versions[0]?.content);
    await page.getByLabel('Search templates').fill('');
    await gallery.getByRole('button', { name: /^Night desk/ }).click();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete the template' }).click();
    await expect.poll(() => world.templates.length).toBe(2);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are made with questions, and changed as another version; a stranger in a text is told', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto('/configuration?open=new');
    await page.getByLabel('Name', { exact: true }).fill('Planner');
    await page.getByLabel('Role').fill('You plan for {{city}}.');
    await page.getByText('{{city}} is used and not among').first().waitFor();
    await page.getByRole('button', { name: 'Add a question' }).click();
    await page.getByLabel('Question', { exact: true }).fill('City');
    await page.getByLabel('Name in texts').fill('city');
    await page.getByRole('button', { name: 'Make the template' }).click();
    await page.getByText('The template Planner is there.').waitFor();
    await page.getByRole('button', { name: /^Planner/ }).click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByLabel('Role').fill('You plan journeys for {{city}}.');
    await page.getByLabel('What is new').fill('Journeys');
    await page.getByRole('button', { name: 'Save as version 2' }).click();
    await page.getByText('Planner has version 2.').waitFor();
    expect(world.templates.at(-1)?.versions.map(({ note }) => note)).toEqual(['', 'Journeys']);
    await page.getByRole('button', { name: 'Make your own' }).click();
    await page.getByText('Planner (own) is yours').waitFor();
    await page.getByRole('heading', { name: 'Version 2 of Planner (own)' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('upgrade their bots one by one, or all with a result for each that stays', async () => {
    const world = layered();
    const [desk] = world.templates;
    for (const bot of world.bots)
      bot.spec.template = { id: desk?.id ?? '', version: 1, variables: { company: 'Acme' } };
    const stuck = world.bots[2];
    if (stuck) stuck.operation = { id: '11111111-1111-4111-8111-111111111111', kind: 'restore' };
    const { page, faults, leave } = await visit(world);
    await page.goto('/configuration');
    await page.getByText('3 can be upgraded').waitFor();
    await page.getByRole('button', { name: /^Help desk/ }).click();
    await page.getByRole('button', { name: 'Upgrade… concierge' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It concerns 1 bot').waitFor();
    await dialog.getByRole('button', { name: 'Upgrade' }).click();
    await page.getByRole('region', { name: '2 bots can be upgraded to version 2' }).waitFor();
    await page.getByRole('button', { name: 'Upgrade all' }).click();
    await page.getByText('1 of 2 bots upgraded; 1 not.').waitFor();
    const results = page.getByRole('list', { name: 'Result for each bot' });
    expect(await results.innerText()).toContain('researcher');
    expect(world.bots.map(({ spec }) => spec.template?.version)).toEqual([2, 2, 1]);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are made of a bot, from its menu', async () => {
    const world = layered();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Save as a template/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('From concierge');
    await dialog.getByRole('button', { name: 'Save the template' }).click();
    await page.getByRole('button', { name: 'Open it' }).click();
    await page.getByRole('heading', { name: 'From concierge' }).waitFor();
    await page.getByText('Two sentences at most.').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });
});
