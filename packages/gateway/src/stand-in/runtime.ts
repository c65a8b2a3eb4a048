import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Lays out a folder as an installed OpenClaw is laid out, with the stand-in in its place; for tests of what starts gateways. */
export async function installStandIn(directory: string) {
  const place = join(directory, 'node_modules', 'openclaw');
  await mkdir(place, { recursive: true });
  await writeFile(
    join(place, 'openclaw.mjs'),
    `await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'openclaw.ts')).href)});\n`,
  );
  await writeFile(join(place, 'package.json'), JSON.stringify({ name: 'openclaw', version: '2026.9.6' }));
  return {
    version: '2026.9.6',
    directory,
    node: process.execPath,
    compileCacheDirectory: join(directory, 'compile-cache'),
    pluginsDirectory: join(directory, 'plugins'),
  };
}
