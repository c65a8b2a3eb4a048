import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
export const serverFile = resolve(root, 'apps/server/dist/main.js');

/** Builds what the suite starts as processes, once for all its files. */
export async function setup(): Promise<void> {
  const build = (app: string, ...file: string[]) =>
    promisify(execFile)(process.execPath, file, { cwd: resolve(root, 'apps', app) });
  await build('server', 'build.ts');
  await build('supervisor', 'build.mjs');
  await build('egress', '../supervisor/build.mjs', 'dist/egress.mjs');
}
