import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard, visit } from './support/open-dashboard.ts';
import { makeWorld, tellEvent, threeBots } from './support/world.ts';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const places = [
  '/',
  '/bots',
  '/bots/new',
  '/bots/new?step=model',
  '/bots/new?step=identity',
  '/bots/BOT',
  '/bots/BOT?tab=overview',
  '/bots/BOT?tab=logs',
  '/bots/BOT?tab=doctor',
  '/connectors',
  '/runtimes',
  '/targets',
  '/settings',
  '/settings?section=sessions',
  '/settings?section=api-keys',
  '/setup',
  '/sign-in',
  '/no-such-page',
];

type Axe = { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };

describe('accessibility', () => {
  let browser: Browser;
  let dashboard: OpenDashboard;
  beforeAll(async () => {
    [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
  });
  afterAll(async () => {
    // One of the two may have failed to open.
    dashboard?.stop();
    await browser?.close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on any page, and nothing jumps, in %s',
    async (colorScheme) => {
      const world = makeWorld(threeBots());
      for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
      const { page, faults, leave } = await visit(browser, dashboard, world, { colorScheme, bypassCSP: true });
      const found: string[] = [];
      for (const place of places) {
        await page.goto(place.replace('BOT', world.bots[0]?.id ?? ''));
        await page.waitForLoadState('load');
        await page.getByRole('heading').first().waitFor();
        await page.waitForTimeout(600);
        const shift = await page.evaluate(layoutShift);
        if (shift > 0.02) found.push(`${place}: layout shift ${shift.toFixed(3)}`);
        await page.addScriptTag({ path: axePath });
        const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: Axe }).axe.run());
        for (const { id, nodes } of violations) found.push(`${place}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
      }
      expect(found).toEqual([]);
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
      await leave();
    },
  );
});

/** Runs in the page: how much moved without anyone asking. */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 50);
  });
}
