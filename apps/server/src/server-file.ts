import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identify } from '@clawster/runtime/process-identity';

/** `startTime` tells the process apart from another that has its number since, as in a container that was started again. */
export type ServerFile = {
  pid: number;
  startTime?: string;
  port: number;
  url: string;
  version: string;
  startedAt: string;
};

/** A sentence about why this server cannot start here. */
export class StartTrouble extends Error {}

/** Makes the data folder, private to its user, or says why it cannot be used. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const { uid, mode } = await stat(directory);
    if (process.getuid && uid !== process.getuid())
      throw new StartTrouble(
        `The data folder ${directory} belongs to another user: choose another with CLAWSTER_DATA_DIR`,
      );
    // Others may pass through (PostgreSQL as its own user does) and read nothing.
    if ((mode & 0o066) !== 0)
      throw new StartTrouble(`The data folder ${directory} can be read by others: chmod 700 ${directory}`);
  } catch (error) {
    if (error instanceof StartTrouble) throw error;
    throw new StartTrouble(
      `The data folder ${directory} cannot be used (${(error as NodeJS.ErrnoException).code}): choose another with CLAWSTER_DATA_DIR`,
      { cause: error },
    );
  }
  const running = await readServerFile(directory);
  if (running && running.pid !== process.pid && (await runs(running))) {
    throw new StartTrouble(
      `A server already runs on this data folder, at ${running.url} (process ${running.pid}): use it, or stop it with: clawster down`,
    );
  }
}

/** Tells programs on this machine where the server is; complete or not there, never half. */
export async function writeServerFile(directory: string, content: ServerFile): Promise<void> {
  const file = join(directory, 'server.json');
  const told = { ...content, ...(await identify(content.pid)) };
  await writeFile(`${file}.new`, `${JSON.stringify(told, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function removeServerFile(directory: string): Promise<void> {
  await rm(join(directory, 'server.json'), { force: true });
}

/** What the server of a data folder told of itself; undefined where none runs. */
export async function readServerFile(directory: string): Promise<ServerFile | undefined> {
  try {
    return JSON.parse(await readFile(join(directory, 'server.json'), 'utf8')) as ServerFile;
  } catch {
    return undefined;
  }
}

/** One that an older version wrote names a process and no time: whatever has its number may be it. */
async function runs({ pid, startTime }: ServerFile): Promise<boolean> {
  const there = await identify(pid);
  return there !== undefined && (startTime === undefined || there.startTime === startTime);
}
