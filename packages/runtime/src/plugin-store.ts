import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageOf, type PluginChannel, pluginMark, pluginsDirectoryOf } from './channel-plugin.ts';
import { explainFileError } from './install-error.ts';
import { withInstallLock } from './install-lock.ts';
import { type Lockfile, readLockfile } from './lockfile.ts';
import { exists } from './node-binary.ts';
import { pnpmInstall, pnpmOwnerFile } from './pnpm-install.ts';
import { sharedWork } from './shared-work.ts';
import { clearStaging, withStaging } from './staging.ts';
import type { InstallProgress, RuntimeStore } from './store.ts';

type Opened = { directory: string; environment: NodeJS.ProcessEnv; locksDirectory: string };
type Plugin = { version: string; channel: PluginChannel };
type Work = { signal: AbortSignal; onProgress: (progress: InstallProgress) => void };

/** The channel plugins beside the versions they belong to, prepared once for all bots. */
export function openPlugins(opened: Opened): Pick<RuntimeStore, 'pluginDirectory' | 'hasPlugin' | 'addPlugin'> {
  const share = sharedWork<void, InstallProgress>((key, work) => addOnce(opened, JSON.parse(key) as Plugin, work));
  return {
    pluginDirectory: (version, channel) => destinationOf(opened.directory, { version, channel }),
    hasPlugin: async (version, channel) => {
      const lockfile = await readLockfile(opened.locksDirectory, `${version}-${channel}`);
      return lockfile !== undefined && isPrepared(opened, { version, channel }, lockfile);
    },
    addPlugin: (version, channel, { onProgress, signal } = {}) =>
      share(JSON.stringify({ version, channel }), { onProgress, signal }),
  };
}

async function addOnce(opened: Opened, plugin: Plugin, { signal, onProgress }: Work): Promise<void> {
  const { version, channel } = plugin;
  const lockfile = await readLockfile(opened.locksDirectory, `${version}-${channel}`);
  if (!lockfile)
    throw new Error(`The ${channel} plugin of OpenClaw ${version} was not tested with this Clawster. Leave it out`);
  const work = async () => {
    if (await isPrepared(opened, plugin, lockfile)) return;
    await explainFileError(labelOf(plugin), prepare(opened, plugin, { lockfile, signal, onProgress }));
  };
  await mkdir(opened.directory, { recursive: true, mode: 0o700 });
  const onWait = () => onProgress({ message: 'Waiting for another installation to end', progress: 0 });
  await withInstallLock(join(opened.directory, 'install.lock'), { signal, onWait, work });
  onProgress({ message: `${labelOf(plugin)} is prepared`, progress: 1 });
}

/** Either all of it is there afterwards, or nothing. */
async function prepare(
  { directory, environment }: Opened,
  plugin: Plugin,
  { lockfile, ...work }: Work & { lockfile: Lockfile },
): Promise<void> {
  const stagingDirectory = join(directory, 'staging');
  const storeDirectory = join(directory, 'store');
  const destination = destinationOf(directory, plugin);
  await clearStaging(stagingDirectory);
  await withStaging(stagingDirectory, `plugin-${plugin.channel}`, async (staging) => {
    const install = { ...work, lockfile, environment, storeDirectory, directory: staging };
    await pnpmInstall({ ...install, label: labelOf(plugin) });
    await rm(join(staging, pnpmOwnerFile), { force: true });
    if (!(await exists(join(packageOf(staging, plugin.channel), 'openclaw.plugin.json'))))
      throw new Error(`${labelOf(plugin)} was downloaded, and is no plugin of OpenClaw's`);
    await writeFile(join(staging, pluginMark), `${JSON.stringify({ lockSha256: lockfile.sha256 })}\n`);
    await mkdir(dirname(destination), { recursive: true });
    await rm(destination, { recursive: true, force: true });
    await rename(staging, destination);
  });
  await rm(storeDirectory, { recursive: true, force: true, maxRetries: 3 });
}

async function isPrepared({ directory }: Opened, plugin: Plugin, { sha256 }: Lockfile): Promise<boolean> {
  const mark = await readFile(join(destinationOf(directory, plugin), pluginMark), 'utf8').catch(() => '');
  return mark.includes(sha256);
}

function destinationOf(directory: string, { version, channel }: Plugin): string {
  return join(pluginsDirectoryOf(directory, version), channel);
}

function labelOf({ version, channel }: Plugin): string {
  return `OpenClaw's plugin for ${channel} ${version}`;
}
