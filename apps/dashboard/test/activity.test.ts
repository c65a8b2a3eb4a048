import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { giveSilentTraces } from './support/activity-places.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { giveTraces, makeTurn } from './support/some-traces.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

describe('the activity', () => {
  const visit = dashboardInBrowser();

  const worldWithTraces = (changes: Partial<World> = {}) => {
    const world = makeWorld(threeBots(), changes);
    giveTraces(world);
    return world;
  };
  const turns = (page: Page) => page.getByRole('table', { name: 'Turns' }).getByRole('link', { name: /\w/ });
  const comesNow = (world: World, asked: string) => {
    const [bot] = world.bots;
    if (bot) world.turns.push(makeTurn({ bot, id: asked, secondsAgo: 1, asked, answered: 'Yes' }));
  };
  const topOf = (page: Page, asked: string) =>
    page.getByRole('link', { name: asked }).evaluate((link) => Math.round(link.getBoundingClientRect().top));

  test('is chosen in the address: who gets it sees the same, and the way back undoes each choice', async () => {
    const { page, faults, leave } = await visit(worldWithTraces());
    await page.goto('/activity');
    await turns(page).first().waitFor();
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Went wrong');
    await page.getByRole('combobox', { name: 'Channel' }).selectOption('Slack');
    await page.getByText('Keep trying until the invoice opens').waitFor();
    await expect.poll(() => page.getByText('Answered', { exact: true }).count()).toBe(1);
    expect(page.url()).toContain('outcome=not-ok&channel=slack');
    const colleague = await page.context().newPage();
    await colleague.goto(page.url());
    await colleague.getByText('Keep trying until the invoice opens').waitFor();
    await expect.poll(() => colleague.getByText('Answered', { exact: true }).count()).toBe(1);
    await page.goBack();
    await expect.poll(() => page.getByRole('combobox', { name: 'Channel' }).inputValue()).toBe('');
    expect(await page.getByRole('combobox', { name: 'Outcome' }).inputValue()).toBe('not-ok');
    await page.getByRole('searchbox', { name: 'Search in what was said' }).fill('submarine');
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByText('Where is my parcel?').first().waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('comes by itself: what is new stands at the top, and waits while someone reads further down', async () => {
    const world = worldWithTraces();
    const { page, faults, leave } = await visit(world);
    await page.goto('/activity');
    await turns(page).first().waitFor();
    comesNow(world, 'Is the museum open on Monday?');
    await page.getByRole('link', { name: 'Is the museum open on Monday?' }).waitFor();

    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const before = await topOf(page, 'What do five tickets');
    comesNow(world, 'And on Tuesday?');
    await page.getByRole('button', { name: '1 new' }).waitFor({ timeout: 15_000 });
    expect(await topOf(page, 'What do five tickets')).toBe(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('link', { name: 'And on Tuesday?' }).waitFor();
    expect(await page.getByRole('button', { name: '1 new' }).count()).toBe(0);

    await page.getByRole('checkbox', { name: 'Live' }).uncheck();
    await expect.poll(() => page.url()).toContain('live=off');
    comesNow(world, 'And on Wednesday?');
    await page.waitForTimeout(4_000);
    expect(await page.getByRole('link', { name: 'And on Wednesday?' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });

  test('is read by keys alone, from the list to what one call of a model cost', async () => {
    const { page, faults, leave } = await visit(worldWithTraces());
    await page.goto('/activity');
    await turns(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/activity/traces/trace-across');
    const details = page.getByRole('region', { name: 'Details' });
    await details.getByText('Turn', { exact: true }).waitFor();
    await page.getByRole('group', { name: 'Waterfall' }).getByRole('button').first().focus();
    for (let row = 0; row < 8; row += 1) await page.keyboard.press('ArrowDown');
    await details.getByText('The model gateway counted 40 tokens more than OpenClaw.').waitFor();
    await details.getByText('Read from cache').waitFor();
    await details.getByText('$0.0045').waitFor();
    await details.getByText('2026-11').waitFor();
    await page.keyboard.press('ArrowDown');
    await details.getByText('The site answered 503').first().waitFor();
    // The address follows what is shown a moment later.
    await expect.poll(() => new URL(page.url()).searchParams.get('span')).toBe('run-asked-2');
    await page.reload();
    await details.getByText('The site answered 503').first().waitFor();
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByRole('cell', { name: 'Delegation' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('shows a conversation whose words are not kept, with how long they were and what was done', async () => {
    const world = makeWorld(threeBots());
    giveSilentTraces(world);
    const { page, faults, leave } = await visit(world);
    await page.goto('/activity?tab=conversations&channel=telegram');
    await page.getByRole('link', { name: /Mira Okafor/ }).click();
    const list = page.getByRole('list', { name: 'Turns' });
    await list.getByText('63 characters, not kept').waitFor();
    await page.getByText('What was said here is not kept').waitFor();
    await list.getByText('3 tool calls: web_search, ask researcher, exec').click();
    await list.locator('details[open]').getByText('Went well').first().waitFor();
    await list.getByRole('link', { name: 'Trace' }).last().click();
    await page.waitForURL('**/activity/traces/trace-across');
    expect(faults).toEqual([]);
    await leave();
  });

  test('shows what happened to whoever may not read what was said, and why it is not there', async () => {
    const { page, leave } = await visit(worldWithTraces({ role: 'viewer' }));
    await page.goto('/activity');
    await turns(page).first().waitFor();
    await page.getByText('You see what happened, not what was said.').waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search in what was said' }).isDisabled()).toBe(true);
    expect(await page.getByText('Where is my parcel?').count()).toBe(0);
    await leave();
  });

  test('tells how well bots answer and use their tools, and where one went in circles', async () => {
    const { page, faults, leave } = await visit(worldWithTraces());
    await page.goto('/activity?tab=messages&range=week');
    await page.getByRole('figure', { name: 'Messages over time' }).getByRole('button').click();
    await page.getByRole('columnheader', { name: 'Went well' }).waitFor();
    await page.getByText('researcher: The model gateway counted 40 tokens more').waitFor();
    await page.getByRole('tab', { name: 'Tools' }).click();
    await page.getByRole('link', { name: 'Called read 24 times' }).click();
    await page.waitForURL('**/activity/traces/trace-run-circling');
    // The rows that are not in sight do not exist.
    const rows = page.getByRole('group', { name: 'Waterfall' }).getByRole('button');
    await rows.first().focus();
    await page.keyboard.press('End');
    await page.getByRole('region', { name: 'Details' }).getByText('No such file: invoice.pdf').first().waitFor();
    expect(await rows.count()).toBeLessThan(50);
    expect(faults).toEqual([]);
    await leave();
  });

  test('lays out a waterfall of 500 spans within a second, and scrolls through all of it, with 1,500 nodes at most', async () => {
    const world = makeWorld(threeBots());
    const [bot] = world.bots;
    const tools = Array.from({ length: 249 }, (_, at) => ({ name: `step_${at}`, ms: 60 }));
    if (bot) world.turns.push(makeTurn({ bot, id: 'long', secondsAgo: 900, asked: 'Read all of it', tools }));
    expect(world.turns[0]?.spans.length).toBeGreaterThanOrEqual(500);
    const { page, faults, leave } = await visit(world);
    await page.goto('/activity/traces/trace-long?view=table');
    await page.getByRole('cell', { name: 'step_248' }).waitFor();
    const laidOutMs = await page.getByRole('button', { name: 'Show as a waterfall' }).evaluate(async (button) => {
      const startedAt = performance.now();
      (button as HTMLElement).click();
      while (!document.querySelector('[data-row]')) await new Promise(requestAnimationFrame);
      document.body.getBoundingClientRect();
      return performance.now() - startedAt;
    });
    expect(laidOutMs).toBeLessThan(1_000);
    const waterfall = page.getByRole('group', { name: 'Waterfall' });
    const seen = await waterfall.evaluate(async (scroller) => {
      const nodes: number[] = [];
      for (let top = 0; top <= scroller.scrollHeight; top += scroller.clientHeight) {
        scroller.scrollTop = top;
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        nodes.push(document.querySelectorAll('*').length);
      }
      return Math.max(...nodes);
    });
    expect(seen).toBeLessThanOrEqual(1_500);
    await waterfall.getByRole('button', { name: 'step_248' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('fits a phone: lists, waterfall and details are all there, 390 pixels wide', async () => {
    const { page, faults, leave } = await visit(worldWithTraces(), { viewport: { width: 390, height: 844 } });
    for (const path of [
      '/activity',
      '/activity?tab=messages',
      '/activity?tab=tools',
      '/activity/traces/trace-across',
    ]) {
      await page.goto(path);
      await page.getByText('concierge').last().waitFor();
      const tooWide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(tooWide, path).toBe(0);
    }
    await page.getByRole('button', { name: 'Tool call exec' }).click();
    const details = page.getByRole('region', { name: 'Details' });
    await details.scrollIntoViewIfNeeded();
    await details.getByRole('heading', { name: 'exec' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });
});
