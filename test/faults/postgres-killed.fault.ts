import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { listen } from './support/listen.ts';
import { countsOf, startLoad } from './support/load.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F4: PostgreSQL is restarted by its operator, or its process is killed, while clients order bots about.

test.each(seeds(1))(
  'a PostgreSQL that goes and comes back costs nothing that was acknowledged (seed %i)',
  async (seed) => {
    const installation = await installForFaults();
    try {
      const [server] = installation.servers;
      const pid = server?.pid();
      const journal = openJournal(join(installation.folder, 'history.jsonl'));
      const listener = listen(installation);
      const load = startLoad(installation, journal, seed);
      const readyAfterMs = await takeAway(installation, seed);
      await load.stop();
      const { wrong, seconds } = await settle(installation);
      tell(
        `F4 seed ${seed}: ${countsOf(journal.lines)}; ready ${readyAfterMs.join(', ')} ms after PostgreSQL accepted`,
      );
      tell(`F4 seed ${seed}: all as it should be after ${seconds.toFixed(1)} s`);
      const broken = await brokenPromises(installation, journal.lines);
      expect([...wrong, ...broken, ...(await listener.missed())]).toEqual([]);
      expect(Math.max(...readyAfterMs)).toBeLessThan(5_000);
      expect(server?.pid()).toBe(pid);
    } finally {
      await installation.close();
    }
  },
);

/** Returns how long after each return of PostgreSQL the server was ready. */
async function takeAway(installation: FaultInstallation, seed: number): Promise<number[]> {
  const { database } = installation;
  const chance = chanceOf(seed);
  const readyAfterMs: number[] = [];
  for (const how of ['restart', 'kill', chance.pick(['restart', 'kill']), 'kill']) {
    await sleep(chance.between(1_000, 4_000));
    if (how === 'restart') await database.restart();
    else {
      database.kill();
      await sleep(chance.between(0, 1_500));
      await database.start();
    }
    readyAfterMs.push(await untilReady(installation));
  }
  await sleep(2_000);
  return readyAfterMs;
}

async function untilReady({ servers: [server] }: FaultInstallation): Promise<number> {
  const since = performance.now();
  for (;;) {
    const status = await fetch(`${server?.url}/ready`).then((answer) => answer.status);
    if (status === 200) return Math.round(performance.now() - since);
    await sleep(50);
  }
}
