import { expect, test } from 'vitest';
import { someBudgets } from './support/budget-handlers.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveTeams } from './support/some-teams.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const visit = dashboardInBrowser();

function budgeted(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  world.budgets = someBudgets(world);
  return world;
}

test('what stops bots stands on Home, says until when, and is lifted there with a reason, which is shown and undone', async () => {
  const world = budgeted();
  const { page, faults, leave } = await visit(world);
  await page.goto('/');
  await page.getByText(/\$40\.01 of \$40\.00 this week\. Its bots go on from/).waitFor();
  await page.getByRole('link', { name: 'Lift it or wait' }).click();
  await page.getByText(/Its bots were stopped/).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'concierge' });
  await expect.poll(() => row.textContent()).toContain('Stopped');
  await page.getByRole('button', { name: 'Lift…' }).click();
  const dialog = page.getByRole('dialog');
  const lift = dialog.getByRole('button', { name: 'Lift it' });
  await expect.poll(() => lift.getAttribute('title')).toBe('Say how much');
  await dialog.getByLabel('So many US dollars more').fill('10');
  await expect.poll(() => lift.getAttribute('title')).toBe('Say why it is lifted');
  await dialog.getByLabel('Why').fill('Black Friday');
  await lift.click();
  await page.getByText('The budget Support is lifted.').waitFor();
  await page.getByText(/Lifted by \$10\.00 by Ada Lovelace.*Black Friday/).waitFor();
  expect(world.budgets.find(({ name }) => name === 'Support')?.use.lift).toMatchObject({ usd: 10 });
  await page.getByRole('button', { name: 'End the lift' }).click();
  await page.getByText('The limit of Support holds again.').waitFor();
  expect(faults).toEqual([]);
  await leave();
});

test('a budget is made for some bots and a channel, changed and deleted', async () => {
  const world = makeWorld(threeBots());
  const { page, faults, leave } = await visit(world);
  await page.goto('/cost/budgets');
  await page.getByRole('button', { name: 'New budget' }).click();
  const dialog = page.getByRole('dialog');
  const make = dialog.getByRole('button', { name: 'Make the budget' });
  await dialog.getByLabel('Name').fill('Support');
  await dialog.getByLabel('For', { exact: true }).selectOption('the bots with some labels');
  await expect.poll(() => make.getAttribute('title')).toContain('which labels');
  await dialog.getByLabel('Bots with the labels').fill('team=support');
  await dialog.getByLabel('On', { exact: true }).selectOption('Telegram');
  await dialog.getByLabel('Each', { exact: true }).selectOption('week');
  await dialog.getByLabel('Limit in US dollars').fill('40');
  await dialog.getByLabel('Tell at').fill('75, 300');
  await expect.poll(() => make.getAttribute('title')).toContain('1 to 100');
  await dialog.getByLabel('Tell at').fill('75, 100');
  await make.click();
  await page.getByText('The budget Support holds.').waitFor();
  expect(world.budgets).toMatchObject([
    {
      scope: { labels: { team: 'support' } },
      channel: 'telegram',
      period: 'week',
      limitUsd: 40,
      warnAt: [75, 100],
      hard: true,
    },
  ]);
  await page.getByRole('button', { name: 'Change…' }).click();
  await dialog.getByLabel('Limit in US dollars').fill('50');
  await dialog.getByRole('radio', { name: /^Only tell/ }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => world.budgets[0]).toMatchObject({ limitUsd: 50, hard: false });
  await page.getByRole('button', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete the budget' }).click();
  await page.getByText('No budgets yet').waitFor();
  expect(world.budgets).toEqual([]);
  expect(faults).toEqual([]);
  await leave();
});

test('a budget is made for a team where there is one, and says so', async () => {
  const world = makeWorld(threeBots());
  const team = giveTeams(world);
  const { page, faults, leave } = await visit(world);
  await page.goto('/cost/budgets');
  await page.getByRole('button', { name: 'New budget' }).click();
  const dialog = page.getByRole('dialog');
  const make = dialog.getByRole('button', { name: 'Make the budget' });
  await dialog.getByLabel('Name').fill('Company');
  await dialog.getByLabel('For', { exact: true }).selectOption('the bots of a team');
  await expect.poll(() => make.getAttribute('title')).toBe('Choose the team');
  await dialog.getByLabel('Team', { exact: true }).selectOption(team.name);
  await dialog.getByLabel('Limit in US dollars').fill('60');
  await make.click();
  await page.getByText(`${team.memberCount} bots of the team ${team.name}`).waitFor();
  expect(world.budgets).toMatchObject([{ scope: { teamId: team.id }, limitUsd: 60 }]);
  expect(faults).toEqual([]);
  await leave();
});

test('who may not manage budgets sees them, and why nothing can be changed', async () => {
  const world = budgeted({ role: 'viewer' });
  const { page, leave } = await visit(world);
  await page.goto('/cost/budgets');
  const make = page.getByRole('button', { name: 'New budget' });
  await expect.poll(() => make.getAttribute('title')).toContain('Ask an owner or admin');
  await page.getByRole('button', { name: 'Everything' }).click();
  const lift = page.getByRole('button', { name: 'Lift…' });
  await expect.poll(() => lift.getAttribute('aria-disabled')).toBe('true');
  await leave();
});
