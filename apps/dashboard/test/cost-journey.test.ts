import { describe, expect, test } from 'vitest';
import { someCosts } from './support/cost-handlers.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBot } from './support/fleet.ts';
import { giveTeams } from './support/some-teams.ts';
import { careId } from './support/team-ids.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const worldThatSpent = (changes: Partial<World> = {}) => {
  const world = makeWorld(threeBots(), changes);
  return { ...world, costs: someCosts(world) };
};

describe('what bots cost', () => {
  const visit = dashboardInBrowser();

  test('is told by team at first, then by what is chosen, and adds up as it is shown', async () => {
    const world = worldThatSpent();
    giveTeams(world);
    const { page, faults, leave } = await visit(world);
    await page.goto('/cost');
    const table = page.getByRole('region', { name: 'Costs' });
    const team = table.getByRole('row').getByRole('link', { name: 'Customer care' });
    await team.waitFor();
    expect(await team.getAttribute('href')).toBe(`/teams/${careId}`);
    await table.getByRole('row', { name: /^In no team/ }).waitFor();
    await page.getByLabel('Grouped').selectOption('By bot');
    await table.getByRole('row', { name: /^concierge/ }).waitFor();
    await table.getByRole('row', { name: /^A bot that is gone/ }).waitFor();
    const cells = await table
      .getByRole('row')
      .evaluateAll((rows) => rows.slice(1).map((row) => row.children[1]?.textContent ?? ''));
    const amounts = cells.map((cell) => Number(cell.replaceAll(/[$,]/g, '')));
    const total = amounts.pop();
    expect(amounts.reduce((sum, one) => sum + one, 0)).toBeCloseTo(total ?? -1, 6);
    await page.waitForURL(/by=bot/);
    await page.getByRole('img', { name: /^Cost by day/ }).waitFor();
    await page.getByText('Prices it was counted at').waitFor();
    await page.getByText('No known price').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is told by bot where there is no team, and by a label when that is chosen', async () => {
    const { page, faults, leave } = await visit(worldThatSpent());
    await page.goto('/cost');
    const table = page.getByRole('region', { name: 'Costs' });
    await table.getByRole('row', { name: /^concierge/ }).waitFor();
    await page.getByLabel('Grouped').selectOption('By label');
    await table.getByRole('row', { name: /^support/ }).waitFor();
    await page.waitForURL(/by=label/);
    expect(await page.getByLabel('Label', { exact: true }).inputValue()).toBe('team');
    expect(faults).toEqual([]);
    await leave();
  });

  test('is told for the days that are chosen, in the address, and as a file', async () => {
    const { page, leave } = await visit(worldThatSpent());
    await page.goto('/cost?by=model');
    await page.getByLabel('Days').selectOption('Last 7 days');
    await page.waitForURL(/range=7-days/);
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
    const link = page.getByRole('link', { name: /Export as CSV/ });
    await expect.poll(() => link.getAttribute('href')).toBe(`/api/v1/costs/export?from=${day(6)}&to=${day(0)}`);
    await leave();
  });

  test('in a workspace that spent nothing, it says what will be here', async () => {
    const { page, faults, leave } = await visit(makeWorld([makeBot('Ada', 'ready')]));
    await page.goto('/cost');
    await page.getByText('Nothing was spent in these days').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('a price is set by keyboard, and the focus comes back', async () => {
    const { page, faults, leave } = await visit(worldThatSpent());
    await page.goto('/cost?tab=infrastructure');
    const button = page.getByRole('button', { name: 'Set the price of This machine' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('US dollars an hour').fill('0.25');
    await page.keyboard.press('Enter');
    await page.getByText('$0.25 an hour since').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('of a file with a wrong line nothing is taken over, and the line is told; then it is', async () => {
    const { page, leave } = await visit(worldThatSpent());
    await page.goto('/cost?tab=infrastructure');
    const choose = (text: string) =>
      page
        .getByLabel('CSV file of costs')
        .setInputFiles({ name: 'bill.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('day,target,usd\n2026-11-01,Mars,4');
    await page.getByText('Line 2: There is no target named Mars').waitFor();
    await choose('day,target,usd\n2026-11-01,This machine,4');
    await page.getByText('1 day imported, the last 2026-11-01').waitFor();
    await leave();
  });

  test('of one bot it is on its tab, with what a revision did', async () => {
    const world = worldThatSpent();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=cost`);
    await page.getByText('It cost $4.20 within the hour').waitFor();
    await page
      .getByRole('region', { name: 'What a change did' })
      .getByText(/Too few turns to tell|It is less/)
      .first()
      .waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('far more than usual needs attention at home, beside what was spent today', async () => {
    const { page, faults, leave } = await visit(worldThatSpent());
    await page.goto('/');
    const row = page.getByRole('listitem').filter({ hasText: 'It cost $4.20 within the hour' });
    await page.getByRole('region', { name: 'Spend today' }).getByText('in all of yesterday').waitFor();
    await row.getByRole('link', { name: 'See its cost' }).click();
    await page.waitForURL(/tab=cost/);
    expect(faults).toEqual([]);
    await leave();
  });
});
