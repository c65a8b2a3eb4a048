import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installStandIn } from '@clawster/gateway/stand-in/runtime';
import { readLockfile, shippedLocks } from '@clawster/runtime/lockfile';
import { writeManifest } from '@clawster/runtime/manifest';
import { keepOwnNode } from '@clawster/runtime/node-binary';
import { recommendedVersion } from '@clawster/runtime/versions';
import type { RunLine } from '../history/runs.ts';

/** A folder of runtimes that holds one: the strict stand-in of OpenClaw, which writes down when it lives. */
export async function installLoggedStandIn(directory: string, logFile: string): Promise<void> {
  await writeFile(logFile, '');
  await installRuntime(directory, async (place) => {
    await installStandIn(place);
    const entry = join(place, 'node_modules', 'openclaw', 'openclaw.mjs');
    const journal = pathToFileURL(join(import.meta.dirname, 'gateway-journal.ts')).href;
    const journalled = `import { keepJournal } from ${JSON.stringify(journal)};\nkeepJournal(${JSON.stringify(logFile)});\n`;
    await writeFile(entry, `${journalled}${await readFile(entry, 'utf8')}`);
  });
}

/** A folder of runtimes with the recommended one in it, as far as can be seen; `fill` says what it is in truth. */
export async function installRuntime(directory: string, fill: (place: string) => Promise<void>): Promise<void> {
  const lockfile = await readLockfile(shippedLocks, recommendedVersion);
  if (!lockfile) throw new Error(`There is no lockfile of ${recommendedVersion}`);
  const place = join(directory, `openclaw-${recommendedVersion}-${lockfile.sha256.slice(0, 8)}`);
  await fill(place);
  const nodeVersion = await keepOwnNode(directory);
  if (!nodeVersion) throw new Error('OpenClaw does not run on this Node');
  await writeManifest(place, {
    version: recommendedVersion,
    lockSha256: lockfile.sha256,
    nodeVersion,
    installedAt: new Date().toISOString(),
  });
}

/** What the gateways wrote down so far. A line that a kill cut short is none. */
export async function readRunLines(logFile: string): Promise<RunLine[]> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter((line) => line.endsWith('}'));
  return lines.map((line) => JSON.parse(line) as RunLine);
}
