import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type ServerFile = { pid: number; port: number; url: string; version: string; startedAt: string };

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
  if (running && running.pid !== process.pid && isAlive(running.pid)) {
    throw new StartTrouble(
      `A server already runs on this data folder, at ${running.url} (process ${running.pid}): use it, or stop it with: clawster down`,
    );
  }
}

/** Tells programs on this machine where the server is; complete or not there, never half. */
export async function writeServerFile(directory: string, content: ServerFile): Promise<void> {
  const file = join(directory, 'server.json');
  await writeFile(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
