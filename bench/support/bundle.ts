import { execFile } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const serverFolder = resolve(import.meta.dirname, '../../apps/server');

/** Builds an entry of a benchmark as the server is built, so that ours and its peer are made alike; gives the file. */
export async function bundle(entry: string): Promise<string> {
  const file = `dist/bench-${basename(entry, '.ts')}.js`;
  await promisify(execFile)(process.execPath, [join(serverFolder, 'build.ts'), entry, file]);
  return join(serverFolder, file);
}
