import { chromium } from 'playwright-core';
import { browserOptions, openDashboard, sharedBrowser, sharedDashboard } from './open-dashboard.ts';

/** One dashboard and one browser for the whole test run: each visit has a world and a context of its own. */
export async function setup(): Promise<() => Promise<void>> {
  const [dashboard, browser] = await Promise.all([openDashboard(), chromium.launchServer(browserOptions)]);
  process.env[sharedDashboard] = dashboard.url;
  process.env[sharedBrowser] = browser.wsEndpoint();
  return async () => {
    dashboard.stop();
    await browser.close();
  };
}
