import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

type Finder = (bytes: Buffer) => string[];
/** What was looked through, and what was found where. */
export type Looked = { places: number; bytes: number; found: string[] };

export const nothingYet = (): Looked => ({ places: 0, bytes: 0, found: [] });

/** Looks through some bytes that are known by a name, packed or not. */
export function lookAt(looked: Looked, finder: Finder, [place, bytes]: [string, Buffer | string]): void {
  const all = Buffer.from(bytes);
  looked.places += 1;
  looked.bytes += all.length;
  for (const part of [all, ...unpacked(all)])
    looked.found.push(...finder(part).map((what) => `${what} lies in ${place}`));
}

/** A stream of gzip that is not whole is none. */
function unpacked(bytes: Buffer): Buffer[] {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return [];
  try {
    return [gunzipSync(bytes, { maxOutputLength: 512 * 1024 * 1024 })];
  } catch {
    return [];
  }
}

const chunkBytes = 8 * 1024 * 1024;
/** Longer than any form of a canary: what lies across two chunks is seen with the second. */
const overlapBytes = 16 * 1024;

/** Looks through all files below a folder, whatever their size; links lead elsewhere and are not followed. */
export async function lookThroughFolder(looked: Looked, finder: Finder, folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await lookThroughFolder(looked, finder, path);
    else if (entry.isFile()) await lookThroughFile(looked, finder, path).catch(unlessGone);
  }
}

/** A file that was deleted while the folder was read. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

async function lookThroughFile(looked: Looked, finder: Finder, path: string): Promise<void> {
  let rest = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    lookAt(looked, finder, [path, Buffer.concat([rest, chunk])]);
    if (!isFirst) looked.places -= 1;
    looked.bytes -= rest.length;
    rest = Buffer.from(chunk.subarray(-overlapBytes));
    isFirst = false;
  }
}

/** Looks at the environment and the arguments of every process of this machine that can be read. */
export async function lookAtProcesses(looked: Looked, finder: Finder): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  for (const pid of pids)
    for (const what of ['environ', 'cmdline']) {
      const path = `/proc/${pid}/${what}`;
      lookAt(looked, finder, [path, await readFile(path).catch(() => Buffer.alloc(0))]);
    }
}
