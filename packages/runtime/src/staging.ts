import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pnpmOwnerFile } from './pnpm-install.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** Runs `work` with a fresh folder under `directory`, gone afterwards unless `work` moved it away. */
export async function withStaging<T>(
  directory: string,
  name: string,
  work: (staging: string) => Promise<T>,
): Promise<T> {
  const staging = join(directory, `${name}-${randomBytes(6).toString('hex')}`);
  await mkdir(staging, { recursive: true });
  try {
    return await work(staging);
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Removes what killed installations left, and ends a pnpm that outlived its installer. Only for the lock's holder. */
export async function clearStaging(directory: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    await endOrphan(join(directory, name));
    await rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function endOrphan(staging: string): Promise<void> {
  const text = await readFile(join(staging, pnpmOwnerFile), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const owner = JSON.parse(text) as ProcessIdentity;
  if (await isAlive(owner)) process.kill(owner.pid, 'SIGKILL');
}
