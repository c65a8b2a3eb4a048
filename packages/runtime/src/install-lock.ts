import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a waiting process looks whether the lock is free. */
const pollMs = 250;

/**
 * Runs `work` while no other process runs work under the same file. SQLite's lock belongs to the kernel, which
 * frees it when its process dies however it dies, so that no stale lock can exist and none has to be judged.
 */
export async function withInstallLock<T>(
  file: string,
  { signal, onWait, work }: { signal: AbortSignal; onWait: () => void; work: () => Promise<T> },
): Promise<T> {
  const database = new DatabaseSync(file);
  try {
    while (!tryLock(database)) {
      onWait();
      await sleep(pollMs, undefined, { signal });
    }
    return await work();
  } finally {
    database.close();
  }
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('begin exclusive');
    return true;
  } catch (error) {
    const busy = 5;
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
}
