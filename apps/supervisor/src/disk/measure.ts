import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder takes of the disk, as the disk counts it. What goes while it is looked at counts as gone. */
export async function bytesOf(directory: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) bytes += await bytesOf(path);
    else bytes += await lstat(path).then((found) => found.blocks * 512, nothing);
  }
  return bytes;
}

/** What programs of this user may still write on the disk of a folder. */
export async function freeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

const nothing = () => 0;
