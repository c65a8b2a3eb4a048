import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BotFolder } from '../gateway/folder.ts';
import { takePidFile } from '../host/pid-file.ts';
import { stateFolders } from './format.ts';

/** Where a whole, checked state waits to take the place of the one before it. That it is there is the decision to take it. */
export const incomingFolder = ({ directory }: BotFolder) => join(directory, 'incoming');

/**
 * Puts an incoming state in place, by renaming. Killed at any point, it is finished by the next call; what cannot be
 * renamed is put back as it was. Only for who holds the supervisor's pid file.
 */
export async function settleImport(folder: BotFolder): Promise<void> {
  const incoming = incomingFolder(folder);
  if (!(await exists(incoming))) return;
  const swaps = stateFolders.map((name) => ({
    place: join(folder.directory, name),
    next: join(incoming, name),
    before: join(incoming, `replaced-${name}`),
  }));
  try {
    for (const swap of swaps) await putInPlace(swap);
  } catch (error) {
    for (const swap of swaps.toReversed()) await putBack(swap);
    const refused = `${incoming}-refused`;
    await rename(incoming, refused);
    await rm(refused, { recursive: true, force: true });
    throw error;
  }
  await rm(incoming, { recursive: true, force: true });
}

/** The same for who is not the supervisor; while there is one, it has settled already. */
export async function settleUnattended(folder: BotFolder): Promise<void> {
  if (!(await exists(incomingFolder(folder)))) return;
  if (await takePidFile(folder.supervisorPid)) return;
  try {
    await settleImport(folder);
  } finally {
    await rm(folder.supervisorPid, { force: true });
  }
}

type Swap = { place: string; next: string; before: string };

async function putInPlace({ place, next, before }: Swap): Promise<void> {
  if (!(await exists(next))) return;
  if (await exists(place)) await rename(place, before);
  await rename(next, place);
}

async function putBack({ place, next, before }: Swap): Promise<void> {
  if (!(await exists(before))) return;
  if (await exists(place)) await rename(place, next);
  await rename(before, place);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
