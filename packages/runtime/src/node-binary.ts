import { execFile } from 'node:child_process';
import { chmod, copyFile, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { satisfies } from 'semver';
import { nodeRange } from './versions.ts';

/** The Node of the npm package `node` whose lockfile is in `locks/node`. */
export const packagedNodeVersion = '26.10.0';

/** Where the Node binary of a version is, whether it is there yet or not. */
export function nodeFile(directory: string, version: string): string {
  return join(directory, `node-${version}`, 'bin', 'node');
}

/**
 * Keeps a copy of the Node that runs this process, so that bots are not left without one when it is upgraded.
 * Undefined when OpenClaw does not run on it, or a copy of it does not run alone (Homebrew's does not).
 */
export async function keepOwnNode(directory: string): Promise<string | undefined> {
  const version = process.versions.node;
  if (!satisfies(version, nodeRange)) return undefined;
  const file = nodeFile(directory, version);
  if (await exists(file)) return version;
  await placeNode(process.execPath, file);
  if (await runs(file, version)) return version;
  await rm(join(directory, `node-${version}`), { recursive: true });
  return undefined;
}

/** Puts a Node binary in place all at once: linked when the disk is the same, else copied. */
export async function placeNode(from: string, file: string): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const partial = `${file}.partial`;
  await rm(partial, { force: true });
  try {
    await link(from, partial).catch(() => copyFile(from, partial));
    await chmod(partial, 0o755).catch(() => undefined);
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
}

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function runs(file: string, version: string): Promise<boolean> {
  const result = await promisify(execFile)(file, ['--version']).catch(() => undefined);
  return result?.stdout.trim() === `v${version}`;
}
