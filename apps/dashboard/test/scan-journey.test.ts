import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeBot } from './support/fleet.ts';
import { someFindings } from './support/scan-handlers.ts';
import { makeWorld } from './support/world.ts';

describe('secrets in plain sight', () => {
  const visit = dashboardInBrowser();
  const secrets = '/secrets';

  test('are scanned for when asked, by keyboard, with how far it is, until nothing was found', async () => {
    const { page, faults, leave } = await visit(makeWorld());
    await page.goto(secrets);
    const card = page.getByRole('region', { name: 'Secrets in plain sight' });
    await card.getByText('Never scanned yet.').waitFor();
    const button = card.getByRole('button', { name: 'Scan now' });
    await button.focus();
    await page.keyboard.press('Enter');
    await card.getByRole('progressbar', { name: 'Scan' }).waitFor();
    expect(await button.getAttribute('title')).toBe('It goes on already');
    await card.getByText('No secret was found where it should not be.').waitFor();
    await card.getByText('for 14 values').waitFor();
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(faults).toEqual([]);
    await leave();
  });

  test('are told with their place and what to do, and dismissed with a reason', async () => {
    const { page, faults, leave } = await visit(makeWorld([], { scanning: someFindings() }));
    await page.goto(secrets);
    const card = page.getByRole('region', { name: 'Secrets in plain sight' });
    const row = card.getByRole('listitem').filter({ hasText: 'OpenAI key' });
    await row.getByText('In logs/gateway.log, line 12, on Ada').waitFor();
    await row.getByText('Rotate OpenAI key, then delete line 12').waitFor();
    await card.getByText('1 place could not be looked at').click();
    await card.getByText('Grace: The bot has no link').waitFor();
    await row.getByRole('button', { name: 'Dismiss the finding of OpenAI key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Why it is no trouble').fill('A made-up key');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await row.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await leave();
  });

  test('need attention on the home page', async () => {
    const { page, faults, leave } = await visit(makeWorld([makeBot('Ada', 'ready')], { scanning: someFindings() }));
    await page.goto('/');
    const row = page.getByRole('listitem').filter({ hasText: '2 secrets in plain sight' });
    await row.getByText('OpenAI key: In logs/gateway.log, line 12, on Ada').waitFor();
    await row.getByRole('link', { name: 'See what to do' }).click();
    await page.getByRole('region', { name: 'Secrets in plain sight' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('are nothing that those see who may not know of secrets', async () => {
    const { page, faults, leave } = await visit(
      makeWorld([makeBot('Ada', 'ready')], { role: 'member', scanning: someFindings() }),
    );
    await page.goto('/');
    await page.getByRole('heading', { name: 'Hello' }).waitFor();
    expect(await page.getByText('in plain sight').count()).toBe(0);
    // The live stream is refused to members, too.
    expect(faults.filter((fault) => /scan|finding/.test(fault))).toEqual([]);
    await leave();
  });

  test('are scanned for as often as is chosen', async () => {
    const world = makeWorld();
    const { page, leave } = await visit(world);
    await page.goto(secrets);
    await page.getByLabel('Scan by itself').selectOption('Every week');
    await page.getByText('It is changed how often secrets are scanned for.').waitFor();
    expect(world.scanning.everyHours).toBe(168);
    await leave();
  });
});
