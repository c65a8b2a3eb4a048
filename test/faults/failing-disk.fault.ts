import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { failSyncs, whyNoFailingSyncs } from './support/failing-syncs.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F7: the disk of PostgreSQL answers a sync with EIO while clients order bots about. It panics rather than go on, and what
// was acknowledged is there when it is back.

const rounds = 2;

test.for(seeds(1))('a disk that fails to sync costs nothing that was acknowledged (seed %i)', async (seed, context) => {
  const why = await whyNoFailingSyncs();
  if (why) return context.skip(why);
  const installation = await installForFaults();
  try {
    const chance = chanceOf(seed);
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    const load = startLoad(installation, journal, seed);
    for (let round = 1; round <= rounds; round += 1) {
      await sleep(chance.between(3_000, 5_000));
      const failing = await failSyncs(installation.database.pid());
      await expect.poll(() => panics(installation), { timeout: 20_000, interval: 20 }).toBe(round);
      await Promise.race([failing.over, sleep(5_000)]);
      failing.stop();
      await untilReady(installation);
    }
    await sleep(2_000);
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    tell(`F7 seed ${seed}: ${rounds} panics; ${countsOf(journal.lines)}; well after ${seconds.toFixed(1)} s`);
    expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
  } finally {
    await installation.close();
  }
});

/** How often PostgreSQL gave up over a sync, as its log says. */
async function panics({ folder }: FaultInstallation): Promise<number> {
  const log = await readFile(join(folder, 'database', 'logs', 'postgres.log'), 'utf8');
  return log.match(/PANIC: {2}could not (fsync|fdatasync)/g)?.length ?? 0;
}

/** PostgreSQL recovers by itself, and the server finds it again. */
async function untilReady({ servers: [server] }: FaultInstallation): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(50)) {
    const status = await fetch(`${server?.url}/ready`).then((answer) => answer.status);
    if (status === 200) return;
  }
  throw new Error('The server is not ready half a minute after the disk works again');
}
