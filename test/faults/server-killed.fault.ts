import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { listen } from './support/listen.ts';
import { countsOf, startLoad } from './support/load.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F1, F2: the only server is killed at random moments, between any two instructions, while clients order bots about;
// F24: whoever watches the stream meanwhile misses nothing.

test.each(seeds())('a server that is killed again and again keeps its promises (seed %i)', async (seed) => {
  const installation = await installForFaults();
  try {
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    const listener = listen(installation);
    const load = startLoad(installation, journal, seed);
    await killAgainAndAgain(installation, seed);
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    tell(`F1 seed ${seed}: ${countsOf(journal.lines)}; all as it should be after ${seconds.toFixed(1)} s`);
    const broken = await brokenPromises(installation, journal.lines);
    expect([...wrong, ...broken, ...(await listener.missed())]).toEqual([]);
    expect(listener.heard.length).toBeGreaterThan(20);
  } finally {
    await installation.close();
  }
});

const kills = 4;

async function killAgainAndAgain({ servers: [server] }: FaultInstallation, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  for (let count = 0; count < kills; count += 1) {
    await sleep(chance.between(300, 4_000));
    await server?.end('SIGKILL');
    await sleep(chance.between(0, 1_000));
    await server?.start();
  }
  await sleep(2_000);
}
