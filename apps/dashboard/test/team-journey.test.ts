import { expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveTeams } from './support/some-teams.ts';
import { careId, goalId, plannedGoalId } from './support/team-ids.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const visit = dashboardInBrowser();

function teamed(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveTeams(world);
  return world;
}

test('a one-person company is made in one go: asked what it needs, its bots seen coming up, ending at its page', async () => {
  const world = makeWorld([], { stepMs: 400 });
  const { page, faults, leave } = await visit(world);
  await page.goto('/teams');
  await page.getByRole('link', { name: 'Begin with a one-person company' }).click();
  const make = page.getByRole('button', { name: 'Make the team' });
  await expect.poll(() => make.getAttribute('title')).toBe('Fill in: Name of the company');
  await page.getByLabel('Name of the company').fill('Analytical Engines');
  await page.getByLabel('Name of the bot for Code review').fill('critic');
  await make.click();
  await page.getByText('of 5 bots are ready').waitFor();
  await page.getByRole('heading', { name: 'One-person company', level: 1 }).waitFor();
  await page.getByRole('list', { name: 'Members' }).getByRole('link', { name: 'critic' }).waitFor();
  expect(world.bots.map(({ name }) => name)).toEqual(['chief', 'support-desk', 'operator', 'critic', 'clerk']);
  expect(faults).toEqual([]);
  await leave();
});

test('a team is made of bots there are; a member is changed, taken out, and taken back in', async () => {
  const world = makeWorld(threeBots());
  const { page, faults, leave } = await visit(world);
  await page.goto('/teams/new?from=bots');
  const make = page.getByRole('button', { name: 'Make the team' });
  await page.getByLabel('Name of the team').fill('Customer care');
  await expect.poll(() => make.getAttribute('title')).toBe('Choose who leads');
  await page.getByLabel('Lead', { exact: true }).selectOption('concierge');
  const support = page.getByRole('listitem', { name: 'support', exact: true });
  await support.getByRole('checkbox', { name: 'support' }).check();
  await support.getByLabel('Capabilities').fill('Support');
  await expect.poll(() => make.getAttribute('title')).toContain('“Support” is none');
  await support.getByLabel('Capabilities').fill('support, triage');
  await make.click();
  await page.getByText('No rule yet: nobody may ask anybody for anything').waitFor();
  expect(world.teaming.teams[0]?.members.map(({ capabilities }) => capabilities)).toEqual([[], ['support', 'triage']]);
  await page.getByRole('tab', { name: 'Overview' }).click();
  const member = page.getByRole('listitem', { name: 'support', exact: true });
  await member.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: /^Take it out/ }).click();
  await expect.poll(() => world.teaming.teams[0]?.members.length).toBe(1);
  await page.getByRole('button', { name: 'Take it back in' }).click();
  await expect
    .poll(() => world.teaming.teams[0]?.members.at(-1))
    .toMatchObject({ botName: 'support', capabilities: ['support', 'triage'] });
  expect(faults).toEqual([]);
  await leave();
});

test('approvals by another person are wanted by a tick, and said among the limits', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}`);
  await page.getByText('By whoever may').waitFor();
  await page.getByRole('region', { name: 'Limits' }).getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('checkbox', { name: /^Approvals by another person/ }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('By another than who set the goal').waitFor();
  expect(world.teaming.teams[0]).toMatchObject({ approvalsByAnother: true });
  expect(faults).toEqual([]);
  await leave();
});

test('who asks whom is a picture, and a table that says the same', async () => {
  const { page, faults, leave } = await visit(teamed());
  await page.goto(`/teams/${careId}`);
  await expect.poll(() => page.locator('[data-graph] .react-flow__node').count()).toBe(4);
  await page.locator('[data-graph]').getByText('1 open · 12 done').waitFor();
  expect(await page.locator('[data-graph]').getAttribute('aria-hidden')).toBe('true');
  await page.getByRole('button', { name: 'Show as a table' }).click();
  const row = page.getByRole('row').filter({ hasText: 'People and channels' });
  await expect.poll(() => row.textContent()).toContain('concierge');
  expect(faults).toEqual([]);
  await leave();
});

test('a goal is set, and the plan that its lead proposes is edited and put in force', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}`);
  await page.getByRole('button', { name: 'Set a goal' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Goal').fill('Open a shop in Paris');
  await dialog.getByLabel('By', { exact: true }).fill('2027-05-01');
  await dialog.getByRole('button', { name: 'Set the goal' }).click();
  await page.getByText('The lead thinks of a plan').waitFor();
  expect(world.teaming.goals[0]).toMatchObject({ title: 'Open a shop in Paris', dueOn: '2027-05-01' });

  await page.goto(`/teams/${careId}?tab=goals&open=${plannedGoalId}`);
  const approve = page.getByRole('button', { name: /^Approve/ });
  await expect.poll(() => approve.textContent()).toBe('Approve the plan');
  const list = page.getByRole('listitem', { name: 'List places to let' });
  await list.getByText('List places to let').click();
  await list.getByLabel('Who does it').selectOption('researcher');
  await page.getByRole('button', { name: 'Add a task to milestone 1' }).click();
  await expect.poll(() => approve.getAttribute('title')).toContain('Give each task');
  const fresh = page.getByRole('listitem', { name: 'task-3' });
  await fresh.getByLabel('Title of the task').fill('Sign');
  const sign = page.getByRole('listitem', { name: 'Sign' });
  await sign.getByLabel('What is to be done').fill('Sign the lease.');
  await sign.getByRole('checkbox', { name: 'Ask for visits' }).check();
  await expect.poll(() => approve.textContent()).toBe('Approve as edited');
  await approve.click();
  await page.getByText('The plan is in force.').waitFor();
  await page.getByRole('list', { name: 'Find a place' }).getByText('after Ask for visits').waitFor();
  const planned = world.teaming.goals.find(({ id }) => id === plannedGoalId);
  expect(planned?.milestones[0]?.tasks).toMatchObject([
    { assigneeName: 'researcher' },
    {},
    { title: 'Sign', after: ['visit'] },
  ]);
  expect(faults).toEqual([]);
  await leave();
});

test('what is late and blocked is seen on the board, where a task is taken as done', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=board&goal=${goalId}`);
  await page.getByRole('region', { name: 'Open' }).getByText('Late').waitFor();
  const blocked = page
    .getByRole('region', { name: 'Blocked' })
    .getByRole('listitem', { name: 'Pay small refunds at once' });
  await blocked.getByText('Who may approve more than 20 dollars?').waitFor();
  await blocked.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: /^Take it as done/ }).click();
  await page.getByLabel('What came of it').fill('Decided: up to 20.');
  await page.getByRole('button', { name: 'It is done' }).click();
  await page.getByRole('region', { name: 'Done' }).getByText('Pay small refunds at once').waitFor();
  expect(faults).toEqual([]);
  await leave();
});

test('the team is asked for something, which is followed and cancelled', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}`);
  await page.getByRole('button', { name: 'Ask the team' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Whom').selectOption('refund');
  await dialog.getByLabel('Title').fill('Refund order 12');
  await dialog.getByLabel('What is to be done').fill('All of it.');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await page.getByText('It was cancelled, with all that it was passed on as.').waitFor();
  expect(world.teaming.delegations[0]).toMatchObject({
    title: 'Refund order 12',
    capability: 'refund',
    state: 'cancelled',
  });
  expect(faults).toEqual([]);
  await leave();
});
