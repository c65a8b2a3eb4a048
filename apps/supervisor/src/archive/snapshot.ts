import { constants } from 'node:fs';
import { copyFile, open, readFile, rm, stat } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';

/** A file as it is at one moment, which nobody writes to any more. */
export type Snapshot = { bytes: Buffer } | { file: string; size: number };

/** Up to here a file is read in one go; what is larger is copied first. */
const inMemoryBytesMax = 4_000_000;
const busyMs = 15_000;
/** More than any database has. */
const pagesMax = 2 ** 31 - 1;
const sqliteMagic = 'SQLite format 3\0';

/** Takes a file as it is now; a database as it is between two transactions, also while others write to it. */
export async function takeSnapshot(
  path: string,
  { scratch, isOurs }: { scratch: string; isOurs: boolean },
): Promise<Snapshot> {
  if (await isDatabase(path)) {
    try {
      await copyDatabase(path, scratch);
      return await copied(scratch);
    } catch (error) {
      await rm(scratch, { force: true });
      // A file of the bot's own making may only look like a database; OpenClaw's must be readable.
      if (isOurs) throw new Error(`The database ${path} cannot be read: ${(error as Error).message}`, { cause: error });
    }
  }
  const { size } = await stat(path);
  if (size <= inMemoryBytesMax) return { bytes: await readFile(path) };
  await copyFile(path, scratch, constants.COPYFILE_FICLONE);
  return copied(scratch);
}

async function copied(file: string): Promise<Snapshot> {
  return { file, size: (await stat(file)).size };
}

/** In one step: a backup in many begins anew whenever another process writes, and would never end beside a busy gateway. */
async function copyDatabase(path: string, copy: string): Promise<void> {
  const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
  try {
    await backup(database, copy, { rate: pagesMax });
  } finally {
    database.close();
  }
}

async function isDatabase(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return bytesRead === 16 && buffer.toString('latin1') === sqliteMagic;
  } finally {
    await handle.close();
  }
}
