import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { tenThousandBots } from './support/fleet.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('the weight of the dashboard', () => {
  const visit = dashboardInBrowser();

  test('all scripts that the page of the bots really loads are at most 170 KB, compressed', async () => {
    const { page, leave } = await visit(makeWorld(tenThousandBots()));
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await page.goto('/bots');
    await settle(page);
    const sizes = (await Promise.all(scripts)).map((body) => gzipSync(body).length);
    expect(sizes.length).toBeGreaterThan(0);
    process.stdout.write(`the page of the bots: ${sumOf(sizes)} bytes of scripts\n`);
    expect(sumOf(sizes)).toBeLessThanOrEqual(170_000);
    await leave();
  });

  test('all that the first page brings is at most 350 KB, as it travels', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()));
    const network = await page.context().newCDPSession(page);
    const sizes: number[] = [];
    network.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength));
    await network.send('Network.enable');
    await page.goto('/');
    await settle(page);
    expect(sumOf(sizes)).toBeGreaterThan(170_000);
    expect(sumOf(sizes)).toBeLessThanOrEqual(350_000);
    await leave();
  });
});

/** The stream of events never ends, so a page is never wholly quiet. */
async function settle(page: Page): Promise<void> {
  await page.getByText('Live', { exact: true }).first().waitFor();
  await page.waitForTimeout(3_000);
}

function sumOf(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
