import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeWorld, tellEvent, threeBots, type World } from './support/world.ts';

describe('the audit trail', () => {
  const visit = dashboardInBrowser();

  function worldWithEvents(): World {
    const world = makeWorld(threeBots());
    const [one] = world.bots;
    for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
    tellEvent(world, 'bot-updated', one, {
      changed: ['model'],
      before: { model: 'small-1' },
      after: { model: 'large-1' },
    });
    tellEvent(world, 'request-refused', undefined, { method: 'POST', route: '/bots', count: 12 });
    return world;
  }

  test('is filtered in the address, and an event says what it changed', async () => {
    const world = worldWithEvents();
    const { page, faults, leave } = await visit(world);
    await page.goto('/audit');
    const rows = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(5);
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Refused');
    await expect.poll(() => rows.count()).toBe(1);
    await expect.poll(() => page.url()).toContain('outcome=refused');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('');
    await page.getByRole('searchbox').fill('large-1');
    await expect.poll(() => rows.count()).toBe(1);
    await rows.getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row', { name: 'model small-1 large-1' }).waitFor();
    await dialog.getByText('Part of the signed chain').waitFor();
    await expect.poll(() => page.url()).toContain('event=');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('Nothing fits').waitFor();
    expect(await page.getByRole('link', { name: /^CSV/ }).getAttribute('href')).toMatch(
      /^\/api\/v1\/events\/export\?search=nothing\+like\+it&format=csv$/,
    );
    expect(faults).toEqual([]);
    await leave();
  });

  test('is verified: it is whole, or it is said what is not as it was', async () => {
    const world = worldWithEvents();
    const { page, leave } = await visit(world);
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('5 events in 3 seals checked: the trail is whole.').waitFor();
    const [event] = world.events;
    if (event) event.subjectName = 'forged';
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('1 thing not as recorded').waitFor();
    await page.getByText('Event 0 was changed after it was sealed.').waitFor();
    await leave();
  });

  test('has its checkpoints sent elsewhere, and says when a place does not take them', async () => {
    const world = worldWithEvents();
    const { page, faults, leave } = await visit(world);
    await page.goto('/audit');
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Checkpoints…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('They are sent nowhere yet').waitFor();
    await dialog.getByLabel('Name').fill('Security team');
    await dialog.getByLabel('Address').fill('ftp://example.com');
    await dialog.getByRole('button', { name: 'Send checkpoints there' }).click();
    await dialog.getByText('Enter an address such as').waitFor();
    await dialog.getByLabel('Address').fill('https://example.com/checkpoints');
    await dialog.getByRole('button', { name: 'Send checkpoints there' }).click();
    await dialog.getByText('seal 12').waitFor();
    await dialog.getByLabel('Kind').selectOption('syslog');
    await dialog.getByLabel('Name').fill('Log server');
    await dialog.getByLabel('Host').fill('away.example.com');
    await dialog.getByRole('button', { name: 'Send checkpoints there' }).click();
    await dialog.getByText('could not be reached (ENOTFOUND)').waitFor();
    expect(world.auditSinks.map(({ place }) => place.kind)).toEqual(['webhook', 'syslog']);
    await dialog.getByRole('button', { name: 'Remove' }).first().click();
    await expect.poll(() => world.auditSinks.length).toBe(1);
    expect(faults).toEqual([]);
    await leave();
  });

  test('is filtered by a view that was kept, whose filters are in the address', async () => {
    const world = worldWithEvents();
    const { page, faults, leave } = await visit(world);
    await page.goto('/audit?outcome=refused');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It shows: refused.').waitFor();
    await dialog.getByLabel('Name').fill('What was refused');
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The view What was refused is kept.').waitFor();
    expect(world.auditViews).toMatchObject([
      { name: 'What was refused', shared: true, filter: { outcome: 'refused' } },
    ]);
    await page.goto('/audit?noun=bot&search=x');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'What was refused' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?outcome=refused');
    expect(faults).toEqual([]);
    await leave();
  });

  test('has views that are renamed and deleted; a name that is taken is said where it is written', async () => {
    const world = worldWithEvents();
    const { page, faults, leave } = await visit(world);
    await page.goto('/audit?noun=session');
    const save = async (name: string) => {
      await page.getByRole('button', { name: 'Views' }).click();
      await page.getByRole('menuitem', { name: 'Save this view…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByRole('button', { name: 'Save' }).click();
    };
    await save('Sign-ins');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await save('Sign-ins');
    await page.getByText('There is a view named Sign-ins already').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Manage views…' }).click();
    await page.getByLabel('Name of Sign-ins').fill('All sign-ins');
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect.poll(() => world.auditViews[0]?.name).toBe('All sign-ins');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No view is kept any more.').waitFor();
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await leave();
  });

  test('is kept for ever, or for some days: how much goes is said before', async () => {
    const world = worldWithEvents();
    const { page, faults, leave } = await visit(world);
    await page.goto('/audit');
    const open = async () => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Retention…' }).click();
    };
    await open();
    await page.getByLabel('Keep events').selectOption('for some days');
    await page.getByLabel('Days').fill('12');
    await page.getByRole('button', { name: 'Keep it so' }).click();
    await page.getByText('Keep events for 30 days at least').waitFor();
    await page.getByLabel('Days').fill('90');
    await page.getByText('1,200 events will be deleted for good').waitFor();
    await page.getByRole('button', { name: 'Delete 1,200 events' }).click();
    await page.getByText('Events are kept for 90 days.').waitFor();
    expect(world.retentionDays).toBe(90);
    await open();
    await page.getByText(/^Events older than/).waitFor();
    await page.getByLabel('Keep events').selectOption('for ever');
    await page.getByRole('button', { name: 'Keep it so' }).click();
    await expect.poll(() => world.retentionDays).toBeUndefined();
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
    await leave();
  });
});
