import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { badReason, changeBadly, changeBot } from './support/revision-handlers.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

/** A bot that was changed three times. */
function changedThrice(): World {
  const world = makeWorld(threeBots());
  giveLayers(world);
  const [bot] = world.bots;
  if (!bot) throw new Error('There are three');
  changeBot(world, bot, { settings: { identity: { role: 'You plan journeys.' } }, reason: 'A new job' });
  changeBot(world, bot, { memoryBytesMax: 3_000_000_000 });
  changeBot(world, bot, { settings: { identity: { role: 'You shout.' } }, reason: 'A joke' });
  return world;
}

/** A bot that works on by its first revision, since the second was refused. */
function badlyChanged() {
  const world = makeWorld(threeBots());
  giveLayers(world);
  const [bot] = world.bots;
  if (!bot) throw new Error('There are three');
  changeBadly(world, bot);
  return { world, bot };
}

describe('the revisions of a bot', () => {
  const visit = dashboardInBrowser();

  test('say who, when and why; any two are compared, and the address can be sent on', async () => {
    const world = changedThrice();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}`);
    await page.getByRole('tab', { name: 'Revisions' }).click();
    const list = page.getByRole('list', { name: 'Revisions' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(4);
    const texts = await list.getByRole('listitem').allInnerTexts();
    expect(texts[0]).toContain('as it is now');
    expect(texts[0]).toContain('“A joke”');
    expect(texts[0]).toContain('Ada Lovelace');
    expect(texts[3]).toContain('What it was at first');
    await page.getByRole('button', { name: 'What changed in revision 3' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('bot.memoryBytesMax').waitFor();
    await dialog.getByText('3000000000').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('Choose revision 1 to compare').check();
    await page.getByLabel('Choose revision 4 to compare').check();
    await page.getByRole('button', { name: 'Compare 1 and 4' }).click();
    await dialog.getByText('You shout.').waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('compare')).toBe('1..4');
    await page.reload();
    await dialog.getByText('You shout.').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('are gone back to after a look at what that comes to, with a reason; and named', async () => {
    const world = changedThrice();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${world.bots[0]?.id}?tab=revisions`);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Name… revision 2' }).click();
    await dialog.getByLabel('Name').fill('the good one');
    await dialog.getByRole('button', { name: 'Save the name' }).click();
    await page.getByText('Revision 2 is named the good one.').waitFor();
    await page.getByRole('button', { name: 'Name… revision 3' }).click();
    await dialog.getByLabel('Name').fill('the good one');
    await dialog.getByRole('button', { name: 'Save the name' }).click();
    await dialog.getByText('Another revision of this bot is named the good one').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Roll back… to revision 2' }).click();
    await dialog.getByText('You plan journeys.').waitFor();
    await dialog.getByRole('region', { name: 'Of the bot itself' }).getByText('memoryBytesMax').waitFor();
    await dialog.getByLabel('Why (kept with the revision)').fill('It was no joke');
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('is what it was at revision 2.').waitFor();
    await page.getByText('Rolled back to revision 2').waitFor();
    await page.getByText('“It was no joke”').waitFor();
    expect(world.bots[0]?.spec).toMatchObject({
      memoryBytesMax: 2_000_000_000,
      settings: { identity: { role: 'You plan journeys.' } },
    });
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await leave();
  });

  test('come page by page', async () => {
    const world = changedThrice();
    const [bot] = world.bots;
    for (let at = 0; bot && at < 40; at += 1) changeBot(world, bot, { memoryBytesMax: 2_000_000_000 + at });
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${bot?.id}?tab=revisions`);
    const list = page.getByRole('list', { name: 'Revisions' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(30);
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(44);
    expect(faults).toEqual([]);
    await leave();
  });
});

describe('a revision that was found bad', () => {
  const visit = dashboardInBrowser();

  test('is marked with the reason, and what runs meanwhile is said where it is corrected; one button leads back', async () => {
    const { world, bot } = badlyChanged();
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${bot.id}?tab=revisions`);
    const newest = page.getByRole('list', { name: 'Revisions' }).getByRole('listitem').first();
    await newest.getByText('did not run').waitFor();
    await newest.getByText(badReason).waitFor();
    await page.getByRole('tab', { name: 'Configuration' }).click();
    const card = page.getByRole('region', { name: 'Revision 2 did not run' });
    await card.getByText(badReason).waitFor();
    await card.getByText('works on with the last configuration that ran well, that of revision 1.').waitFor();
    await card.getByRole('button', { name: 'Roll back to revision 1…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('is what it was at revision 1.').waitFor();
    await card.waitFor({ state: 'detached' });
    expect(bot.spec.settings.identity).toEqual({ style: 'Two sentences at most.' });
    await expect.poll(() => bot.status.phase).toBe('ready');
    expect(faults).toEqual([]);
    await leave();
  });

  test('and came of a layer that bots share leads to that layer: to roll the bot back would not help', async () => {
    const { world, bot } = badlyChanged();
    const profile = world.profiles[0];
    const cause = { kind: 'profile' as const, id: profile?.id, name: profile?.name };
    Object.assign(world.revisions.get(bot.id)?.at(-1) ?? {}, { cause });
    const { page, leave } = await visit(world);
    await page.goto(`/bots/${bot.id}?tab=configuration`);
    const card = page.getByRole('region', { name: 'Revision 2 did not run' });
    await card.getByText('The profile Support was changed: correct that').waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    await card.getByRole('link', { name: 'Open it' }).click();
    await page.getByRole('heading', { name: 'The profile Support' }).waitFor();
    await leave();
  });
});
