import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The lockfiles that come with Clawster: one folder a version of OpenClaw, and one a platform's Node. */
export const shippedLocks = join(import.meta.dirname, '..', 'locks');

/** The dependency tree of a version, with a checksum for every package and no registry's address. */
export type Lockfile = { packageJson: string; lock: string; sha256: string; packageCount: number };

/** The lockfile shipped for a version, or undefined when there is none. */
export async function readLockfile(locksDirectory: string, name: string): Promise<Lockfile | undefined> {
  const directory = join(locksDirectory, name);
  try {
    const packageJson = await readFile(join(directory, 'package.json'), 'utf8');
    const lock = await readFile(join(directory, 'pnpm-lock.yaml'), 'utf8');
    const sha256 = createHash('sha256').update(packageJson).update(lock).digest('hex');
    return { packageJson, lock, sha256, packageCount: lock.match(/^ {4}resolution:/gm)?.length ?? 0 };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
