import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser, openDashboard, visit } from './support/open-dashboard.ts';
import { makeWorld, tellEvent, threeBots } from './support/world.ts';

// Pictures of every page, to be looked at: node apps/dashboard/test/shoot.ts <folder> [page …]
const [folder = 'pictures', ...only] = process.argv.slice(2);
const places: Record<string, string> = {
  home: '/',
  bots: '/bots',
  new: '/bots/new',
  'new-model': '/bots/new?step=model',
  'new-identity': '/bots/new?step=identity',
  'new-review': '/bots/new?step=review',
  chat: '/bots/BOT?greet=1',
  overview: '/bots/BOT?tab=overview',
  logs: '/bots/BOT?tab=logs',
  doctor: '/bots/BOT?tab=doctor',
  connectors: '/connectors',
  runtimes: '/runtimes',
  targets: '/targets',
  settings: '/settings',
  keys: '/settings?section=api-keys',
  setup: '/setup#token=x',
  'sign-in': '/sign-in',
  missing: '/no-such-page',
};
const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const;

await mkdir(folder, { recursive: true });
const [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
for (const [look, options] of Object.entries(looks)) {
  const world = makeWorld(threeBots(), {});
  for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
  const { page, faults, leave } = await visit(browser, dashboard, world, options);
  for (const [name, place] of Object.entries(places)) {
    if (only.length > 0 && !only.includes(name)) continue;
    world.isSetUp = name !== 'setup';
    await page.goto('about:blank');
    await page.goto(place.replace('BOT', world.bots[0]?.id ?? ''));
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  }
  if (faults.length > 0) process.stdout.write(`${look}: ${faults.join('\n')}\n`);
  await leave();
}
dashboard.stop();
await browser.close();
