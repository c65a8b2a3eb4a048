import { constants, type Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scan } from './scan.ts';
import { scanSource } from './scan-source.ts';

export type ScannedFolder = {
  directory: string;
  /** What stands before the paths that are told; absent: nothing. */
  told?: string;
  /** Folders that are not looked into, by their whole path. */
  except?: readonly string[];
};

/** Looks through all files of a folder and at their names. Symbolic links are not followed; what cannot be read is told. */
export async function scanFolder(scan: Scan, { directory, told = '', except = [] }: ScannedFolder): Promise<void> {
  const left = new Set(except);
  const walk = async (folder: string, toldFolder: string): Promise<void> => {
    for (const entry of await entriesOf(scan, folder, toldFolder)) {
      await scan.between();
      const path = join(folder, entry.name);
      const place = join(toldFolder, entry.name);
      if (left.has(path)) continue;
      scanName(scan, entry.name, place);
      if (entry.isDirectory()) await walk(path, place);
      else if (entry.isFile()) await scanFile(scan, path, place);
    }
  };
  await walk(directory, told);
}

async function entriesOf(scan: Scan, folder: string, told: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    skipUnlessGone(scan, told === '' ? '.' : told, error);
    return [];
  }
}

function scanName(scan: Scan, name: string, place: string): void {
  const hits = scan.scanner.scan(Buffer.from(name));
  scan.found(
    { where: 'file-name', place },
    hits.map(({ fingerprint, times }) => ({ fingerprint, times, packed: false })),
  );
}

async function scanFile(scan: Scan, path: string, place: string): Promise<void> {
  // What became a link or a pipe since it was listed is not followed, and not waited for.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    await using file = await open(path, flags);
    const { size } = await file.stat();
    const { hits, bytes, cut } = await scanSource(
      scan.scanner,
      // What is appended meanwhile is for the next look: a busy log would never end.
      (start) => file.createReadStream({ start, end: Math.max(start, size - 1), autoClose: false, highWaterMark }),
      scan.between,
    );
    scan.found({ where: 'file', place }, hits);
    scan.looked(bytes);
    if (cut) scan.skip(place, cut);
  } catch (error) {
    skipUnlessGone(scan, place, error);
  }
}
const highWaterMark = 256 * 1024;

/** What is gone by now has nothing in it. What is no answer of the file system, as that the look was withdrawn, is passed on. */
function skipUnlessGone(scan: Scan, place: string, error: unknown): void {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) throw error;
  if (code !== 'ENOENT') scan.skip(place, code === 'EACCES' ? 'It may not be read' : `It cannot be read (${code})`);
}
