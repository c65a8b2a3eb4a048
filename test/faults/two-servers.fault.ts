import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import type { ServerProcess } from './support/server-process.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F3: of two servers the one that holds all links and some leases stands still for longer than a lease, and wakes.

/** Leases last 30 s; a replica that was not seen for 15 s is dead to the others. */
const pausedMs = 33_000;

test.each(seeds(1))('a server that wakes from a pause writes nothing of what it had begun (seed %i)', async (seed) => {
  const installation = await installForFaults({ servers: 2 });
  try {
    const [zombie, heir] = installation.servers;
    if (!zombie || !heir) throw new Error('Two servers are needed');
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    // The clients ask the one that lives through it all.
    const load = startLoad({ ...installation, client: () => installation.client(heir) }, journal, seed);
    await sleep(chanceOf(seed).between(4_000, 7_000));
    const held = await pauseInTheMiddle(installation, zombie);
    installation.sendLinksTo(heir);
    await installation.links.set({ state: 'cut' });
    await installation.links.set({ state: 'open' });
    await sleep(pausedMs);
    zombie.signal('SIGCONT');
    await sleep(3_000);
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    const log = await readFile(join(installation.folder, 'logs', 'server-0.log'), 'utf8');
    const refused = held.filter((id) => log.split('\n').some((line) => isGivenUp(line, id))).length;
    tell(
      `F3 seed ${seed}: ${countsOf(journal.lines)}; ${refused} of ${held.length} begun given up; well after ${seconds.toFixed(1)} s`,
    );
    expect(refused).toBe(held.length);
    expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
  } finally {
    installation.servers[0]?.signal('SIGCONT');
    await installation.close();
  }
});

/** Stops it while it holds leases, and says of which bots. */
async function pauseInTheMiddle({ database }: FaultInstallation, zombie: ServerProcess): Promise<string[]> {
  const leased = () =>
    database.rows<{ id: string }>('select id from bot where leased_by like $1 and leased_until > now()', [
      `%:${zombie.pid()}:%`,
    ]);
  for (;;) {
    if ((await leased()).length > 0) {
      zombie.signal('SIGSTOP');
      // What was on its way to PostgreSQL has arrived.
      await sleep(500);
      const held = await leased();
      if (held.length > 0) return held.map(({ id }) => id);
      zombie.signal('SIGCONT');
    }
    await sleep(20);
  }
}

/** Its connection may be gone too when it wakes; either way nothing of it is written. */
function isGivenUp(line: string, botId: string): boolean {
  return line.includes(botId) && line.includes('A bot could not be reconciled');
}
