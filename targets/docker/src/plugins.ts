import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { PreparedPlugin } from '@clawster/target/target';
import { turns } from '@clawster/target/turns';
import type Docker from 'dockerode';
import type { MountSettings } from 'dockerode';
import tar, { type Pack } from 'tar-stream';
import type { Engine } from './apply.ts';
import { addTree, beginning } from './build-context.ts';
import { checkOurs, label, ours, tagOf } from './labels.ts';
import { unlessMissing, unlessStatus } from './missing.ts';
import { place } from './place.ts';
import { onOneEngine } from './settings.ts';
import { withIdle } from './with-volume.ts';

/** A server that was killed while it filled a volume does not keep it from being filled for longer than this. */
const fillingMsMax = 600_000;

/** Of this process; between two processes the engine decides, which has one container of a name. */
const inTurn = turns();

/**
 * The plugins of one OpenClaw version as all its bots here have them, for them to read. The volume is made with the first
 * container that it is mounted in, bears our labels from then on, and is empty until a plugin is placed.
 */
export function pluginsMount(installation: string, version: string, { isFilled = false } = {}): MountSettings {
  const Labels = { [label.installation]: installation, [label.role]: 'plugins' };
  return {
    Type: 'volume',
    Source: volumeOf(installation, version),
    Target: place.plugins,
    ReadOnly: !isFilled,
    VolumeOptions: { NoCopy: true, Labels, DriverConfig: { Name: 'local', Options: {} } },
  };
}

/**
 * Puts the plugin into the volume of its version, where it is found by a link of the channel's name. The link is the last
 * thing that comes there, so that the plugin is whole for those who follow it.
 */
export function placePlugin(at: Engine, plugin: PreparedPlugin): Promise<void> {
  const { engine, settings } = at;
  const name = volumeOf(settings.installation, plugin.version);
  return inTurn(`${onOneEngine(settings)} ${name}`, async () => {
    const volume = await unlessMissing(engine.getVolume(name).inspect());
    if (volume) checkOurs(volume.Labels, `The volume ${name}`, settings.installation);
    const content = await contentOf(plugin);
    await withFilled(at, plugin.version, async (container) => {
      if (!(await isThere(container, `${plugin.channel}/${content}`))) await fill(container, plugin, content);
    });
  });
}

/** Removes the plugins of versions that no bot here has any more. */
export async function removeUnusedPlugins(engine: Docker, installation: string): Promise<void> {
  const filters = ours(installation, { [label.role]: 'plugins' });
  for (const { Id, Created } of await engine.listContainers({ all: true, filters }))
    if (Date.now() - Created * 1000 > fillingMsMax) await remove(engine.getContainer(Id));
  const { Volumes } = await engine.listVolumes({ filters });
  // Those that a container has, running or not, are kept by the engine.
  for (const { Name } of Volumes ?? []) await unlessStatus(engine.getVolume(Name).remove(), [404, 409]);
}

function volumeOf(installation: string, version: string): string {
  return `clawster-plugins-${tagOf(installation)}-${version}`;
}

/** Does something with a container that has the volume to write in, and never runs. */
async function withFilled(
  { engine, settings, images }: Engine,
  version: string,
  work: (container: Docker.Container) => Promise<void>,
): Promise<void> {
  const { installation } = settings;
  const name = volumeOf(installation, version);
  const left = await unlessMissing(engine.getContainer(name).inspect());
  if (left && Date.now() - Date.parse(left.Created) > fillingMsMax) await remove(engine.getContainer(name));
  const labels = { [label.installation]: installation, [label.role]: 'plugins' };
  const mount = pluginsMount(installation, version, { isFilled: true });
  await withIdle(engine, { name, image: await images.any(), labels, mount }, work);
}

const remove = (container: Docker.Container) => unlessMissing(container.remove({ force: true }));

/** Names what a plugin holds, by the lockfile that it was prepared from. */
async function contentOf({ channel, directory }: PreparedPlugin): Promise<string> {
  const lock = await readFile(join(directory, 'pnpm-lock.yaml'));
  return `${channel}-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`;
}

/** Follows the link, when there is one. */
async function isThere(container: Docker.Container, name: string): Promise<boolean> {
  const about = await unlessMissing(container.infoArchive({ path: `${place.plugins}/${name}` }) as Promise<Readable>);
  about?.resume();
  return about !== undefined;
}

/** One that breaks off leaves what no link leads to, and is written over. */
async function fill(container: Docker.Container, plugin: PreparedPlugin, content: string): Promise<void> {
  const archive = tar.pack();
  const broken = new AbortController();
  const packed = pack(archive, plugin, content).catch((error: unknown) => {
    broken.abort(error);
    throw error;
  });
  const options = { path: place.plugins, abortSignal: broken.signal };
  try {
    await Promise.all([packed, container.putArchive(archive as unknown as NodeJS.ReadableStream, options)]);
  } finally {
    archive.destroy();
  }
}

async function pack(archive: Pack, { channel, directory }: PreparedPlugin, content: string): Promise<void> {
  // Says to those who follow the link where it leads.
  archive.entry({ name: `${content}/${content}`, mode: 0o444, mtime: beginning }, '');
  await addTree(archive, directory, { nameFor: (name) => `${content}/${name}` });
  archive.entry({ name: channel, type: 'symlink', linkname: content, mtime: beginning });
  archive.finalize();
}
