import { open, readFile, rm } from 'node:fs/promises';
import { identityOf, isRunning, ProcessIdentity } from './process-identity.ts';

/** Runs `work` while no other process runs it under the same lock file; a dead holder's lock is taken over. */
export async function exclusively<Result>(lockPath: string, work: () => Promise<Result>): Promise<Result> {
  while (!(await take(lockPath))) {
    const holder = ProcessIdentity.safeParse(parse(await readFile(lockPath, 'utf8').catch(() => '')));
    if (!holder.success || !isRunning(holder.data)) await rm(lockPath, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

async function take(lockPath: string): Promise<boolean> {
  try {
    await using file = await open(lockPath, 'wx', 0o600);
    await file.writeFile(JSON.stringify(identityOf(process.pid)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
