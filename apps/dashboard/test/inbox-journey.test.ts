import { expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveTeams } from './support/some-teams.ts';
import { careId, heldItemId } from './support/team-ids.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const visit = dashboardInBrowser();

function teamed(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveTeams(world);
  return world;
}

const itemsIn = (world: World) => world.teaming.items.map(({ state }) => state);

test('what waits is counted beside its room, stands on Home, and is decided by keys: j, k, a and r', async () => {
  const world = teamed();
  const { page, faults, leave } = await visit(world);
  await page.goto('/');
  await page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: /Inbox 3 waiting/ })
    .waitFor();
  await page.getByRole('link', { name: 'Decide it' }).first().click();
  await page.getByRole('heading', { name: /Give Acme their money back/ }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { name: /may it book invoices/ }).waitFor();
  await page.keyboard.press('k');
  await page.getByRole('heading', { name: /Give Acme their money back/ }).waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('Why it is refused').fill('Not before Friday');
  await page.getByRole('button', { name: 'Refuse it' }).click();
  await page.getByText('It was refused. Whoever asks is told why.').waitFor();
  expect(world.teaming.items[0]).toMatchObject({ state: 'refused', reason: 'Not before Friday' });
  await page.getByRole('heading', { name: /may it book invoices/ }).waitFor();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByText('The bot was answered.').waitFor();
  expect(world.teaming.items[1]).toMatchObject({ state: 'answered', answer: 'No' });
  await page.getByText('It comes of your own asking: somebody else decides it').first().waitFor();
  await page.keyboard.press('a');
  expect(itemsIn(world)).toEqual(['refused', 'answered', 'open', 'refused']);
  expect(faults).toEqual([]);
  await leave();
});

test('what people outside wrote is marked and inert; what was changed meanwhile is not decided', async () => {
  const world = teamed();
  const { page, leave } = await visit(world);
  await page.goto(`/inbox?open=${heldItemId}`);
  const written = page.getByRole('figure').filter({ hasText: 'written by people outside' });
  await written.getByText('<img src=x').waitFor();
  expect(await written.locator('a, img, script').count()).toBe(0);
  const [item] = world.teaming.items;
  if (item) item.contentHash = item.contentHash.replace(/^./, (first) => (first === 'f' ? '0' : 'f'));
  await page.getByRole('button', { name: 'Approve once' }).click();
  await page
    .getByRole('alert')
    .getByText(/changed meanwhile/)
    .waitFor();
  expect(itemsIn(world)[0]).toBe('open');
  await leave();
});

test('an entry that somebody else wrote meanwhile is shown against what was written here, and nothing is lost', async () => {
  const world = teamed();
  const { page, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=context`);
  await page.getByRole('link', { name: 'customers/acme' }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Text', { exact: true }).fill('Acme buys every month.\nIt pays within 60 days.');
  const [known] = world.teaming.entries;
  if (known) world.teaming.entries.unshift({ ...known, version: 3, text: 'Acme buys nothing any more.' });
  await page.getByRole('button', { name: 'Save' }).click();
  const both = page.getByRole('region', { name: 'Two versions' });
  await both.getByText('Acme buys nothing any more.').waitFor();
  await both.getByText('It pays within 60 days.').waitFor();
  await both.getByRole('button', { name: 'Keep mine, over theirs' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('customers/acme was written down as version 4.').waitFor();
  const second = page.getByRole('listitem', { name: 'Version 2' });
  await second.getByText('What it changed').click();
  await second.getByText('It pays within 14 days.').waitFor();
  await second.getByRole('button', { name: /^Restore/ }).click();
  await page.getByText('Version 2 is the newest again.').waitFor();
  expect(world.teaming.entries[0]).toMatchObject({ version: 5, text: expect.stringContaining('Mira Okafor') });
  await leave();
});

test('an entry is seen by all, by the lead alone, or by the members that are chosen', async () => {
  const world = teamed();
  const [known] = world.teaming.entries;
  const [, second] = world.bots;
  if (!known || !second) throw new Error('There is an entry, and a second bot');
  const gone = '0f3c1d52-1111-4222-8333-444455556666';
  world.teaming.entries[0] = { ...known, visibility: { bots: [gone, second.id] } };
  const { page, faults, leave } = await visit(world);
  await page.goto(`/teams/${careId}?tab=context&open=${encodeURIComponent(known.key)}`);
  await page.getByText(`Seen by only a bot that has left, ${second.name}`).waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  const who = page.getByLabel('Who sees it');
  const members = page.getByRole('group', { name: 'Members who see it' });
  expect(await members.getByRole('checkbox', { checked: true }).count()).toBe(1);
  await members.getByRole('checkbox', { name: second.name }).uncheck();
  expect(await page.getByRole('button', { name: 'Save' }).getAttribute('title')).toContain('Choose a member who sees');
  await members.getByRole('checkbox', { name: second.name }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`Seen by only ${second.name}`).waitFor();
  expect(world.teaming.entries[0]?.visibility).toEqual({ bots: [second.id] });
  await page.getByRole('button', { name: 'Edit' }).click();
  await who.selectOption({ label: 'Only the lead sees it' });
  expect(await members.count()).toBe(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Seen by the lead only').waitFor();
  expect(world.teaming.entries[0]?.visibility).toBe('lead');
  expect(faults).toEqual([]);
  await leave();
});

test('a webhook is told of what waits: its secret is shown once, a test says what came of it, and it is stopped', async () => {
  const world = makeWorld(threeBots());
  const { page, faults, leave } = await visit(world);
  await page.goto('/settings?section=notifiers');
  await page.getByRole('button', { name: 'Add a notifier' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Webhook/ }).check();
  await dialog.getByLabel('Name').fill('Ticket desk');
  await dialog.getByLabel('Address', { exact: true }).fill('https://broken.example.com/in');
  await dialog.getByRole('checkbox', { name: 'A plan' }).uncheck();
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await page.getByText('whsec_').waitFor();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page
    .getByRole('status')
    .getByText(/answered 404/)
    .waitFor();
  await page.getByRole('button', { name: 'Manage' }).click();
  await page.getByRole('menuitem', { name: /^Stop/ }).click();
  await page.getByText('Ticket desk tells nothing any more.').waitFor();
  expect(world.teaming.notifiers).toMatchObject([
    { enabled: false, inboxKinds: ['delegation', 'question', 'stall', 'tool', 'budget'] },
  ]);
  expect(faults).toEqual([]);
  await leave();
});
