import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard, visit } from './support/open-dashboard.ts';
import { makeWorld, tenThousandBots } from './support/world.ts';

const bytesMax = 170 * 1024;

describe('the weight of the dashboard', () => {
  let browser: Browser;
  let dashboard: OpenDashboard;
  beforeAll(async () => {
    [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
  });
  afterAll(async () => {
    dashboard?.stop();
    await browser?.close();
  });

  test.each(['/bots', '/'])('all scripts that %s really loads are at most 170 KB, compressed', async (path) => {
    const { page, leave } = await visit(browser, dashboard, makeWorld(tenThousandBots()));
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto(path);
    await page.getByText('Live').first().waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.waitForTimeout(2_000);
    const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes, `${(bytes / 1024).toFixed(1)} KB`).toBeLessThanOrEqual(bytesMax);
    await leave();
  });
});
