import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BotFolder } from '../gateway/folder.ts';

/** Who holds the state and the terminal: without them two gateways could work on one state. */
const locks = /^openclaw-state-locks|\.lock(\.sqlite)?$|-lock$/;
/** Copies of plugins that a gateway runs from. */
const captures = /plugin-captures/;
/** An empty folder that is younger may just be made for something. */
const folderMsMin = 60_000;

/**
 * Deletes what OpenClaw makes anew when it needs it: temporary files, caches of npm and of what it fetched, and logs that
 * were set aside. Beside a gateway that runs only what is older than it, and none of the plugins it runs from. Returns the
 * bytes that this freed.
 */
export async function tidy(folder: BotFolder, runningSince: number | undefined): Promise<number> {
  const keep = (name: string) => locks.test(name) || (runningSince !== undefined && captures.test(name));
  const before = runningSince ?? Number.POSITIVE_INFINITY;
  const made = [
    folder.temporary,
    join(folder.state, 'tmp'),
    join(folder.state, 'cache'),
    join(folder.home, '.cache'),
    join(folder.home, '.npm'),
  ];
  let freed = 0;
  for (const directory of made) freed += await removeOlder(directory, { before, keep });
  const logs = join(folder.directory, 'logs');
  for (const name of await readdir(logs).catch(() => []))
    if (/\.(1|partial)$/.test(name)) freed += await remove(join(logs, name));
  return freed;
}

type Choice = { before: number; keep: (name: string) => boolean };

async function removeOlder(directory: string, choice: Choice): Promise<number> {
  let freed = 0;
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    if (choice.keep(entry.name)) continue;
    const path = join(directory, entry.name);
    const changedAt = await lstat(path).then(({ mtimeMs }) => mtimeMs, never);
    if (entry.isDirectory()) {
      freed += await removeOlder(path, choice);
      // One that is not empty holds what is kept.
      if (changedAt < Math.min(choice.before, Date.now() - folderMsMin)) await rmdir(path).catch(() => {});
    } else if (changedAt < choice.before) freed += await remove(path);
  }
  return freed;
}

const never = () => Number.POSITIVE_INFINITY;

/** Returns the bytes that this freed. */
async function remove(file: string): Promise<number> {
  try {
    const { blocks } = await lstat(file);
    await rm(file);
    return blocks * 512;
  } catch {
    // Gone already, or not ours to delete.
    return 0;
  }
}
