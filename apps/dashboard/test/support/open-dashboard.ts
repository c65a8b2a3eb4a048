import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { type StandInServer, startStandInServer } from './stand-in-server.ts';
import type { World } from './world.ts';

const entry = join(import.meta.dirname, '../../.next/standalone/apps/dashboard/server.js');
/** Where the dashboard and the browser of a whole run are told (share-dashboard.ts). */
export const sharedDashboard = 'CLAWSTER_TEST_DASHBOARD';
export const sharedBrowser = 'CLAWSTER_TEST_BROWSER';
export const browserOptions: LaunchOptions = {
  executablePath: process.env['CLAWSTER_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
};

export type OpenDashboard = { url: string; stop(): void };

/** The dashboard that all files of a run share; without one, starts the built dashboard, as `clawster up` does. */
export async function openDashboard(): Promise<OpenDashboard> {
  const shared = process.env[sharedDashboard];
  if (shared) return { url: shared, stop: () => undefined };
  const port = await freePort();
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], HOSTNAME: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 600; tries += 1) {
    const answered = await fetch(`${url}/sign-in`).catch(() => undefined);
    if (answered?.ok) return { url, stop: () => void child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error('The dashboard did not start within a minute');
}

/** A window of the browser that all files of a run share; without one, a browser. */
export function openBrowser(): Promise<Browser> {
  const shared = process.env[sharedBrowser];
  return shared ? chromium.connect(shared) : chromium.launch(browserOptions);
}

export type Visit = { page: Page; server: StandInServer; faults: string[]; leave(): Promise<void> };

/** A page on a fresh world, with everything the browser complained of. */
export async function visit(
  browser: Browser,
  dashboard: OpenDashboard,
  world: World,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const server = await startStandInServer(world, dashboard.url);
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  return {
    page,
    server,
    faults,
    leave: async () => {
      await context.close();
      await server.stop();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
