import { expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveTeams } from './support/some-teams.ts';
import { careId } from './support/team-ids.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const visit = dashboardInBrowser();

function teamed(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveTeams(world);
  return world;
}

const newest = (world: World) => world.teaming.rules.get(careId)?.[0];

test('a rule is written, moved and tried before it is saved: the tester says which rule decides, and why not those before', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=rules`);
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  const add = dialog.getByRole('button', { name: 'Add it' });
  await expect.poll(() => add.getAttribute('title')).toBe('Name the rule');
  await dialog.getByLabel('Name', { exact: true }).fill('Never more than that');
  await dialog.getByLabel('For which capability').fill('refund');
  await dialog.getByRole('radio', { name: /^Refuse it/ }).check();
  await dialog.getByLabel('Why, for the bot that asks').fill('Ask the founder');
  await dialog.getByText('When anybody asks anybody for refund: it is refused: Ask the founder.').waitFor();
  await add.click();
  for (let up = 0; up < 2; up += 1) await page.getByRole('button', { name: 'Move Never more than that up' }).click();
  const names = page.getByRole('list', { name: 'Rules', exact: true }).getByRole('listitem');
  await expect.poll(() => names.nth(1).getAttribute('aria-label')).toBe('Never more than that');

  await page.getByLabel('Who asks', { exact: true }).selectOption('researcher');
  await page.getByLabel('Whom').selectOption('refund');
  await page.getByLabel('For what').fill('Give them a refund');
  await page.getByRole('button', { name: 'Try it' }).click();
  const outcome = page.getByRole('region', { name: 'What would happen' });
  await outcome.getByText('Ask the founder.').waitFor();
  await outcome.getByRole('list', { name: 'Rules before it' }).getByText('it is not for researcher').waitFor();

  await page.getByLabel('Why they are changed').fill('Too many refunds');
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await page.getByText('The rules hold as version 4.').waitFor();
  expect(newest(world)).toMatchObject({ version: 4, note: 'Too many refunds' });
  expect(newest(world)?.rules.map(({ id }) => id)).toEqual([
    'lead-asks',
    'never-more-than-that',
    'refunds',
    'no-deploys',
  ]);
  expect(faults).toEqual([]);
  await leave();
});

test('rules that somebody else changed meanwhile are told of, and what was written here is not lost', async () => {
  const world = teamed();
  const { page, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=rules`);
  const refunds = page.getByRole('listitem', { name: 'Refunds are looked at' });
  await refunds.getByRole('checkbox').uncheck();
  const known = newest(world);
  if (!known) throw new Error('There are rules');
  world.teaming.rules.get(careId)?.unshift({ ...known, version: 4, author: 'Grace Hopper' });
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await page
    .getByRole('alert')
    .getByText(/Grace Hopper changed the rules meanwhile.*Nothing you wrote is lost/)
    .waitFor();
  await page.getByRole('button', { name: 'Keep mine, over theirs' }).click();
  await page.getByRole('button', { name: 'Save the rules' }).click();
  await page.getByText('The rules hold as version 5.').waitFor();
  expect(newest(world)?.rules.map(({ enabled }) => enabled)).toEqual([true, false, false]);
  await leave();
});

test('what changed rules would have made of the last week is looked at; an older version is had again', async () => {
  const world = teamed();
  const [first] = world.teaming.delegations;
  world.teaming.replay = {
    from: new Date(Date.now() - 604_800_000).toISOString(),
    to: new Date().toISOString(),
    looked: 40,
    more: 0,
    same: 39,
    changed: [
      {
        delegationId: first?.id ?? '',
        at: new Date().toISOString(),
        text: 'Give Acme their money back',
        fromName: 'researcher',
        toName: 'support',
        was: 'hold',
        wouldBe: 'refuse',
        why: 'Ask the founder',
      },
    ],
  };
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=rules`);
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await page.getByText('39 as they were decided, 1 otherwise.').waitFor();
  await page.getByRole('list', { name: 'Decided otherwise' }).getByText('Ask the founder').waitFor();
  await page.getByText('What they were').click();
  await page.getByRole('button', { name: 'Have these again' }).click();
  await page.getByText('The rules are as they were in version 2.').waitFor();
  expect(newest(world)?.rules.map(({ id }) => id)).toEqual(['lead-asks']);
  expect(faults).toEqual([]);
  await leave();
});

test('who may not manage teams sees the rules, tries them, and changes nothing', async () => {
  const { page, leave } = await visit(teamed({ role: 'viewer' }));
  await page.goto(`/teams/${careId}?tab=rules`);
  await page.getByText('Refunds are looked at').first().waitFor();
  const add = page.getByRole('button', { name: 'New rule' });
  await expect.poll(() => add.getAttribute('title')).toContain('Ask an owner or admin');
  expect(await page.getByRole('button', { name: /^Move/ }).count()).toBe(0);
  await leave();
});
