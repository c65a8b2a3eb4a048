import { rm } from 'node:fs/promises';
import { createWhole, removeDead } from './lock-file.ts';
import { identityOf, isRunning, ProcessIdentity } from './process-identity.ts';
import { parseJson } from '../parse-json.ts';

/** Runs `work` while no other process runs it under the same lock file; a dead holder's lock is taken over. */
export async function exclusively<Result>(lockPath: string, work: () => Promise<Result>): Promise<Result> {
  const self = JSON.stringify(identityOf(process.pid));
  while (!(await createWhole(lockPath, self))) {
    const gone = await removeDead(lockPath, isDead);
    if (gone === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

function isDead(content: string): boolean {
  const holder = parseJson(content, ProcessIdentity);
  return !holder || !isRunning(holder);
}
