import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBot } from './support/fleet.ts';
import { makeWorld } from './support/world.ts';

describe('health', () => {
  const visit = dashboardInBrowser();
  const someBots = () => [
    makeBot('Ada', 'ready'),
    makeBot('Bob', 'degraded'),
    makeBot('Cleo', 'degraded'),
    makeBot('Dora', 'failed'),
    makeBot('Emil', 'stopped'),
  ];

  test('is told by cause, and a cause leads to its bots', async () => {
    const { page, faults, leave } = await visit(makeWorld(someBots()));
    await page.goto('/health');
    const fleet = page.getByRole('region', { name: 'Fleet' });
    await fleet.getByRole('link', { name: '3 Not well' }).waitFor();
    await fleet.getByText('Bob, Cleo').waitFor();
    await fleet.getByRole('link', { name: '2 bots: Telegram was not let in' }).click();
    const bots = page.getByRole('region', { name: 'Bots' });
    await bots.getByText('Telegram was not let in: 2 bots').waitFor();
    expect(
      await bots
        .getByRole('listitem')
        .filter({ has: page.getByRole('link') })
        .count(),
    ).toBe(2);
    await bots.getByRole('button', { name: 'Only: Telegram was not let in. Show all' }).press('Enter');
    await bots.getByText('Ada').waitFor();
    // The worst first, those that are still on purpose last.
    expect(await bots.getByRole('link').allTextContents()).toEqual(['Dora', 'Bob', 'Cleo', 'Ada', 'Emil']);
    expect(faults).toEqual([]);
    await leave();
  });

  test('an incident tells its story when it is opened', async () => {
    const { page, faults, leave } = await visit(makeWorld(someBots()));
    await page.goto('/health');
    const incidents = page.getByRole('region', { name: 'Incidents' });
    await incidents
      .getByRole('img', { name: /^2 incidents, 33\d minutes in all$/ })
      .first()
      .waitFor();
    const row = incidents
      .getByRole('list', { name: 'Incidents', exact: true })
      .getByRole('listitem')
      .filter({ hasText: 'The process does not run' })
      .first();
    await row.getByText('What happened').click();
    const story = row.getByRole('region', { name: 'Story' });
    await story.getByText('What it should be was changed').waitFor();
    await row.getByRole('region', { name: 'Seen then' }).getByText('Heartbeat').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('the reason of a bot leads to its signals, whose ages tick', async () => {
    const world = makeWorld(someBots());
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[1]?.id}`);
    await page.getByRole('link', { name: /the key of "OpenAI" is refused/ }).click();
    const row = page.getByRole('row').filter({ hasText: 'Heartbeat' });
    await row.getByText('Good').waitFor();
    const age = row.getByRole('time');
    const first = await age.textContent();
    await expect.poll(() => age.textContent(), { timeout: 5_000 }).not.toBe(first);
    await page.getByRole('row').filter({ hasText: '401 Unauthorized' }).getByText('Bad').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is well in words when nothing needs anybody', async () => {
    const { page, faults, leave } = await visit(makeWorld([makeBot('Ada', 'ready')]));
    await page.goto('/health');
    await page.getByText('Nothing needs anybody right now.').waitFor();
    await page.getByText('No bot was unwell for long in this time.').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('the home page says what is the matter with whom', async () => {
    const { page, leave } = await visit(makeWorld(someBots()));
    await page.goto('/');
    await page.getByRole('link', { name: '2 bots: Telegram was not let in' }).click();
    await page.getByRole('heading', { name: 'Health' }).waitFor();
    await leave();
  });
});
