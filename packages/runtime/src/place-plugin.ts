import { constants, type Dirent } from 'node:fs';
import {
  access,
  copyFile,
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageOf, type PluginChannel, pluginMark, projectIn } from './channel-plugin.ts';

type Place = {
  channel: PluginChannel;
  /** Where it was prepared. */
  template: string;
  /** The bot's own state of OpenClaw's. */
  stateDirectory: string;
  /** The installed OpenClaw that it is loaded by. */
  runtimeDirectory: string;
  /** Told before it is placed, if it is not there already. */
  onPlacing?: () => void;
};
export type Placed = 'there already' | 'placed' | 'not prepared';

/** Puts a prepared plugin into a bot's state, wholly or not at all, where OpenClaw finds it at its next start. */
export async function placePlugin({ channel, template, stateDirectory, ...place }: Place): Promise<Placed> {
  const mark = await readMark(template);
  const project = projectIn(stateDirectory, channel);
  const placed = await readMark(project);
  if (mark === undefined) {
    if (placed === undefined) await removeRemains(project);
    return 'not prepared';
  }
  if (placed === mark) return 'there already';
  place.onPlacing?.();
  // Beside the projects: OpenClaw takes every folder among them for one.
  const staging = join(stateDirectory, 'npm', '.placing');
  try {
    // What a killed supervisor left; a bot has one supervisor at a time.
    await rm(staging, { recursive: true, force: true });
    await placeFiles(template, staging, channel);
    const host = join(packageOf(staging, channel), 'node_modules', 'openclaw');
    await mkdir(dirname(host), { recursive: true });
    await symlink(join(place.runtimeDirectory, 'node_modules', 'openclaw'), host);
    await mkdir(dirname(project), { recursive: true, mode: 0o700 });
    await rm(project, { recursive: true, force: true });
    await rename(staging, project);
    return 'placed';
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function readMark(directory: string): Promise<string | undefined> {
  return readFile(join(directory, pluginMark), 'utf8').catch(() => undefined);
}

/** One that was led to bytes which are there no more: OpenClaw would load a part of it. */
async function removeRemains(project: string): Promise<void> {
  const isLed = await readlink(join(project, pluginMark)).catch(() => undefined);
  if (isLed !== undefined) await rm(project, { recursive: true, force: true });
}

/** How the files of a plugin come to a bot: from where to where, and which folder in it is the plugin's own package. */
type Way = { from: string; to: string; own: string; isFixed: boolean };

/**
 * What nobody here can change serves all bots as it lies, and is led to; of anything else the bytes are shared. The
 * plugin's own files are copied: OpenClaw takes none that has a second name on the disk.
 */
async function placeFiles(template: string, staging: string, channel: PluginChannel): Promise<void> {
  // By the name of its content, where it has one: another content may take its place meanwhile.
  const from = await realpath(template);
  const isFixed = await access(from, constants.W_OK).then(
    () => false,
    () => true,
  );
  await placeTree({ from, to: staging, own: packageOf('', channel), isFixed }, 'node_modules');
  await copyFile(join(from, 'package.json'), join(staging, 'package.json'), constants.COPYFILE_FICLONE);
  const [mark, placed] = [join(from, pluginMark), join(staging, pluginMark)];
  await (isFixed ? symlink(mark, placed) : copyFile(mark, placed, constants.COPYFILE_FICLONE));
}

async function placeTree(way: Way, name: string): Promise<void> {
  const entries: Dirent[] = await readdir(join(way.from, name), { withFileTypes: true });
  await mkdir(join(way.to, name), { recursive: true });
  for (const entry of entries) {
    const child = join(name, entry.name);
    if (entry.isDirectory() && !isLedTo(way, child)) await placeTree(way, child);
    else await placeEntry(way, child, entry);
  }
}

async function placeEntry({ from, to, own, isFixed }: Way, name: string, entry: Dirent): Promise<void> {
  const [source, destination] = [join(from, name), join(to, name)];
  if (entry.isSymbolicLink()) return symlink(await readlink(source), destination);
  if (isOwn(name, own)) return copyFile(source, destination, constants.COPYFILE_FICLONE);
  if (isFixed) return symlink(source, destination);
  // Shares the bytes where the file system can; where it cannot, a second name takes no bytes either.
  await copyFile(source, destination, constants.COPYFILE_FICLONE_FORCE)
    .catch(() => link(source, destination))
    .catch(() => copyFile(source, destination));
}

/** All but the folders that lead to the plugin's own files, which are made anew. */
function isLedTo({ own, isFixed }: Way, folder: string): boolean {
  return isFixed && !isOwn(folder, own) && !own.startsWith(folder);
}

function isOwn(name: string, own: string): boolean {
  return name.startsWith(`${own}/`) && !name.startsWith(`${own}/node_modules/`);
}
