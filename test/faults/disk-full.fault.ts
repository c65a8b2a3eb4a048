import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readyBots } from './support/bots.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F8: the disk of PostgreSQL is full. Reading goes on, nothing is half written, and room is all it needs.

const run = promisify(execFile);
const diskMegabytes = 192;
const fullMs = 12_000;

test.for(seeds(1))(
  'a full disk leaves reading, and mends itself when there is room (seed %i)',
  async (seed, context) => {
    if (process.getuid?.() !== 0) return context.skip('Only root may mount a small disk');
    let disk = '';
    const installation = await installForFaults({
      async onDatabaseFolder(directory) {
        await run('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=0711`, 'clawster-faults', directory]);
        disk = directory;
        return () => run('umount', ['-l', directory]);
      },
    });
    try {
      await readyBots(installation, ['reader']);
      const journal = openJournal(join(installation.folder, 'history.jsonl'));
      const load = startLoad(installation, journal, seed);
      await sleep(chanceOf(seed).between(3_000, 5_000));
      const ballast = await fill(disk);
      const before = journal.lines.length;
      const seen = await watch(installation, fullMs);
      const whileFull = journal.lines.slice(before);
      await rm(ballast);
      const freedAt = performance.now();
      await untilNormal(installation);
      const normalMs = Math.round(performance.now() - freedAt);
      await sleep(3_000);
      await load.stop();
      const { wrong } = await settle(installation);
      tell(`F8 seed ${seed}: ${countsOf(journal.lines)}; while full ${countsOf(whileFull)}`);
      tell(
        `F8 seed ${seed}: ${seen.readOnly} of ${seen.reads} looks read-only; normal ${normalMs} ms after there was room`,
      );
      expect(seen.failedReads).toBe(0);
      expect(seen.readOnly).toBeGreaterThan(0);
      expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
    } finally {
      await installation.close();
    }
  },
);

/** Takes all the room there is. */
async function fill(disk: string): Promise<string> {
  const ballast = join(disk, 'ballast');
  const zeros = Array.from({ length: diskMegabytes * 16 }, () => Buffer.alloc(65_536));
  await finished(Readable.from(zeros).pipe(createWriteStream(ballast))).catch(() => undefined);
  return ballast;
}

async function watch({ client }: FaultInstallation, ms: number) {
  const seen = { reads: 0, failedReads: 0, readOnly: 0 };
  for (const end = Date.now() + ms; Date.now() < end; await sleep(250)) {
    seen.reads += 1;
    await client()
      .bots.list({})
      .catch(() => (seen.failedReads += 1));
    const mode = await client()
      .system.status({})
      .then((status) => status.mode)
      .catch(() => 'none');
    if (mode === 'read-only') seen.readOnly += 1;
  }
  return seen;
}

async function untilNormal({ client, database }: FaultInstallation): Promise<void> {
  for (;;) {
    const status = await client()
      .system.status({})
      .catch(() => undefined);
    if (status?.mode === 'normal') return;
    // What its service manager does for a PostgreSQL that gave up.
    if (!isAlive(database.pid())) await database.start();
    await sleep(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
