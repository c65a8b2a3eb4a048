import { constants, type Dirent } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
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
  if (mark === undefined) return 'not prepared';
  const project = projectIn(stateDirectory, channel);
  if ((await readMark(project)) === mark) return 'there already';
  place.onPlacing?.();
  // Beside the projects: OpenClaw takes every folder among them for one.
  const staging = join(stateDirectory, 'npm', '.placing');
  try {
    // What a killed supervisor left; a bot has one supervisor at a time.
    await rm(staging, { recursive: true, force: true });
    for (const name of ['package.json', pluginMark])
      await placeFile(join(template, name), join(staging, name), { mayLink: false });
    const own = packageOf('', channel);
    await placeTree(template, staging, { name: 'node_modules', mayLink: (file) => !isOwn(file, own) });
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

/** OpenClaw takes no file of the plugin's own that has a second name on the disk. */
function isOwn(file: string, own: string): boolean {
  return file.startsWith(`${own}/`) && !file.startsWith(`${own}/node_modules/`);
}

async function readMark(directory: string): Promise<string | undefined> {
  return readFile(join(directory, pluginMark), 'utf8').catch(() => undefined);
}

async function placeTree(
  from: string,
  to: string,
  { name, mayLink }: { name: string; mayLink: (file: string) => boolean },
): Promise<void> {
  const entries: Dirent[] = await readdir(join(from, name), { withFileTypes: true });
  await mkdir(join(to, name), { recursive: true });
  for (const entry of entries) {
    const child = join(name, entry.name);
    if (entry.isDirectory()) await placeTree(from, to, { name: child, mayLink });
    else if (entry.isSymbolicLink()) await symlink(await readlink(join(from, child)), join(to, child));
    else await placeFile(join(from, child), join(to, child), { mayLink: mayLink(child) });
  }
}

/** Shares the bytes where the file system can; where it cannot, a second name takes no bytes either. */
async function placeFile(from: string, to: string, { mayLink }: { mayLink: boolean }): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (!mayLink) return copyFile(from, to, constants.COPYFILE_FICLONE);
  await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    .catch(() => link(from, to))
    .catch(() => copyFile(from, to));
}
