import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { someViews } from './support/audit-view-handlers.ts';
import { someDirectory, someGroups } from './support/directory-handlers.ts';
import { machine, rack } from './support/fleet.ts';
import { openBrowser, openDashboard, visit } from './support/open-dashboard.ts';
import { someMailServer } from './support/mail-handlers.ts';
import { someInvitations, somePeople } from './support/person-handlers.ts';
import { places } from './support/places.ts';
import { giveLayers } from './support/some-layers.ts';
import { someProvider } from './support/sso-handlers.ts';
import { makeBackup } from './support/state-handlers.ts';
import { makeWorld, oneOfEach, tellEvent, threeBots } from './support/world.ts';

// Pictures of every page, to be looked at: node apps/dashboard/test/shoot.ts <folder> [page …]
const [folder = 'pictures', ...only] = process.argv.slice(2);

const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const;

await mkdir(folder, { recursive: true });
const [browser, dashboard] = await Promise.all([openBrowser(), openDashboard()]);
for (const [look, options] of Object.entries(looks)) {
  for (const [name, { path, many, before, act }] of Object.entries(places)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const bots = many ? oneOfEach() : threeBots();
    const world = makeWorld(bots, {
      identityProvider: someProvider(),
      directory: someDirectory(),
      directoryGroups: someGroups(),
      isSetUp: !name.startsWith('setup'),
      stepMs: 5_000,
      targets: [machine, rack],
      people: somePeople(),
      invitations: someInvitations(),
      auditViews: someViews(),
      backups: bots
        .slice(0, 2)
        .flatMap((bot) => [makeBackup(bot, undefined, 90_000), makeBackup(bot, undefined, 3_000)]),
      ...(name === 'second-step' ? { totpSince: new Date().toISOString(), signedIn: false } : {}),
      ...(name.startsWith('forgotten-') ? { mailServer: someMailServer() } : {}),
      ...(name === 'read-only' ? { whyReadOnly: "The database's disk is full: free some space there" } : {}),
    });
    giveLayers(world);
    before?.(world);
    for (const bot of world.bots) tellEvent(world, 'bot-created', bot);
    const { page, faults, leave } = await visit(browser, dashboard, world, options);
    await page.goto(path.replace(/bots\/([a-z]+)/, (whole, bot) => pathOf(world.bots, bot) ?? whole));
    await page.waitForTimeout(2000);
    await act?.(page);
    if (act) await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    if (faults.length > 0) process.stdout.write(`${name} ${look}: ${faults.join('\n')}\n`);
    await leave();
  }
}
dashboard.stop();
await browser.close();

function pathOf(bots: { id: string; name: string }[], wanted: string): string | undefined {
  const bot = bots.find(({ name }) => name === wanted);
  return bot && `bots/${bot.id}`;
}
