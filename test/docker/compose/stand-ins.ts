import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { readLockfile, shippedLocks } from '../../../packages/runtime/src/lockfile.ts';
import { writeManifest } from '../../../packages/runtime/src/manifest.ts';
import { nodeFile } from '../../../packages/runtime/src/node-binary.ts';
import { recommendedVersion as version } from '../../../packages/runtime/src/versions.ts';

const bundler = resolve(import.meta.dirname, '../../../apps/supervisor/build.mjs');

/** The compose file that puts in what `layOutStandIns` makes. */
export const standInBots = join(import.meta.dirname, 'stand-in-bots.yaml');

/** Makes an OpenClaw that is installed in name alone, and the supervisor that stands in for a whole bot. */
export async function layOutStandIns(folder: string): Promise<void> {
  const runtimes = join(folder, 'runtimes');
  const { sha256 = '' } = (await readLockfile(shippedLocks, version)) ?? {};
  const openclaw = join(runtimes, `openclaw-${version}-${sha256.slice(0, 8)}`);
  await mkdir(openclaw, { recursive: true });
  const nodeVersion = process.versions.node;
  await writeManifest(openclaw, { version, lockSha256: sha256, nodeVersion, installedAt: new Date().toISOString() });
  const node = nodeFile(runtimes, nodeVersion);
  await mkdir(join(node, '..'), { recursive: true });
  await copyFile(process.execPath, node);
  const source = join(import.meta.dirname, 'stand-in-supervisor');
  await promisify(execFile)(process.execPath, [bundler, join(folder, 'supervisor.mjs')], { cwd: source });
}
