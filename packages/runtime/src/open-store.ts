import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pluginsDirectoryOf } from './channel-plugin.ts';
import { withInstallLock } from './install-lock.ts';
import { explainFileError } from './install-error.ts';
import { installVersion } from './installation.ts';
import { readLockfile, shippedLocks, type Lockfile } from './lockfile.ts';
import { readManifest } from './manifest.ts';
import { exists, nodeFile } from './node-binary.ts';
import { openPlugins } from './plugin-store.ts';
import { readProgress, writeProgress } from './progress-file.ts';
import { registryEnvironment } from './registry-environment.ts';
import { sharedWork } from './shared-work.ts';
import type { InstalledRuntime, InstallProgress, RuntimeStore } from './store.ts';
import { testedVersions } from './versions.ts';

export type StoreOptions = {
  /** Holds the installed versions, the Node they run with, and what downloads left for the next try. */
  directory: string;
  /** Registry, proxy and certificates are read from here and from `.npmrc`, as npm does. */
  environment?: NodeJS.ProcessEnv;
  /** One folder a version, with `package.json` and `pnpm-lock.yaml`; by default those shipped with Clawster. */
  locksDirectory?: string;
  /** A version takes 0.65 GB; pnpm's store, gone afterwards, adds 0.4 GB. */
  diskBytesNeeded?: number;
};

/** Opens the OpenClaw versions kept in a folder, shared with every process that opens it. */
export function openRuntimeStore(options: StoreOptions): RuntimeStore {
  const opened = {
    environment: registryEnvironment(options.environment ?? process.env),
    locksDirectory: options.locksDirectory ?? shippedLocks,
    diskBytesNeeded: options.diskBytesNeeded ?? 1.5e9,
    directory: options.directory,
  };
  const share = sharedWork<InstalledRuntime, InstallProgress>((version, work) => installOnce(opened, version, work));
  return {
    installed: (version) => findInstalled(opened, version),
    install: (version, { onProgress, signal } = {}) => share(version, { onProgress, signal }),
    ...openPlugins(opened),
  };
}

type Opened = Required<StoreOptions>;

async function findInstalled(opened: Opened, version: string): Promise<InstalledRuntime | undefined> {
  const lockfile = await readLockfile(opened.locksDirectory, version);
  if (!lockfile) return undefined;
  const directory = destinationOf(opened, version, lockfile);
  const manifest = await readManifest(directory);
  if (manifest?.lockSha256 !== lockfile.sha256) return undefined;
  const node = nodeFile(opened.directory, manifest.nodeVersion);
  if (!(await exists(node))) return undefined;
  return {
    version,
    directory,
    node,
    compileCacheDirectory: join(opened.directory, 'compile-cache', version),
    pluginsDirectory: pluginsDirectoryOf(opened.directory, version),
  };
}

/** The lockfile is part of the name: a corrected one is installed beside the old, which bots may still run. */
function destinationOf({ directory }: Opened, version: string, lockfile: Lockfile): string {
  return join(directory, `openclaw-${version}-${lockfile.sha256.slice(0, 8)}`);
}

type Work = { signal: AbortSignal; onProgress: (progress: InstallProgress) => void };

async function installOnce(opened: Opened, version: string, { signal, onProgress }: Work): Promise<InstalledRuntime> {
  const found = await findInstalled(opened, version);
  if (found) return found;
  const lockfile = await readLockfile(opened.locksDirectory, version);
  if (!lockfile)
    throw new Error(
      `OpenClaw ${version} was not tested with this Clawster. Choose one of: ${testedVersions.join(', ')}`,
    );
  await mkdir(opened.directory, { recursive: true, mode: 0o700 });

  const progressFile = join(opened.directory, 'install-progress.json');
  const tell = rising(onProgress);
  const work = async () => {
    const installedMeanwhile = await findInstalled(opened, version);
    if (installedMeanwhile) return installedMeanwhile;
    const tellAll = (progress: InstallProgress) =>
      tell(progress) && writeProgress(progressFile, { ...progress, version });
    const destination = destinationOf(opened, version, lockfile);
    await explainFileError(
      `OpenClaw ${version}`,
      installVersion({ ...opened, version, lockfile, destination, signal, onProgress: tellAll }),
    );
    return whole(await findInstalled(opened, version), version);
  };
  const onWait = () => {
    const seen = readProgress(progressFile);
    if (seen?.version === version) tell(seen);
    else tell({ message: 'Waiting for another installation to end', progress: 0 });
  };
  const runtime = await withInstallLock(join(opened.directory, 'install.lock'), { signal, onWait, work });
  await mkdir(runtime.compileCacheDirectory, { recursive: true });
  tell({ message: `OpenClaw ${version} is installed`, progress: 1 });
  return runtime;
}

function whole(runtime: InstalledRuntime | undefined, version: string): InstalledRuntime {
  if (!runtime)
    throw new Error(
      `OpenClaw ${version} vanished while it was installed. Leave Clawster's data folder alone, and try again`,
    );
  return runtime;
}

/** Passes progress on only when there is news, and never lets it fall. */
function rising(onProgress: (progress: InstallProgress) => void): (progress: InstallProgress) => boolean {
  const last = { message: '', progress: 0 };
  return ({ message, progress }) => {
    if (message === last.message && progress < last.progress + 0.005) return false;
    Object.assign(last, { message, progress: Math.max(progress, last.progress) });
    onProgress({ ...last });
    return true;
  };
}
