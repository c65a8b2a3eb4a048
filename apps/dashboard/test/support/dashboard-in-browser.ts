import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard, type Visit, visit } from './open-dashboard.ts';
import type { World } from './world.ts';

/** The dashboard in a browser, both open while the tests of a file run; gives the way to visit it. */
export function dashboardInBrowser(): (world: World, options?: BrowserContextOptions) => Promise<Visit> {
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
  return (world, options) => visit(browser, dashboard, world, options);
}
