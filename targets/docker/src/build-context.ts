import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { StateTools, Workload } from '@clawster/target/target';
import { pack as packFolder } from 'tar-fs';
import tar, { type Pack } from 'tar-stream';
import { sbomOf } from './sbom.ts';

const recipe = fileURLToPath(new URL('../../../deploy/bot/', import.meta.url));
const recipeFiles = ['Dockerfile', 'relay.mjs'];
/** When all was made, so that the same files are the same archive. */
export const beginning = new Date(0);
/** A third of all files, which nothing that runs reads. */
const forDevelopers = /\.(map|d\.[mc]?ts)$/;

/**
 * What an image is made of: with a runtime a bot's, without one what serves bots. Files are of this host. `plugins`: those of
 * channels, for where no volume of the engine's has them.
 */
export type Ingredients = StateTools & {
  egressFile: string;
  runtime?: Workload['runtime'];
  plugins?: { channel: string; directory: string }[];
};

/** Names what an image holds: the same as long as nothing of it, and nothing of what it is built on, changes. */
export async function contentOf({ node, supervisor, egressFile, runtime }: Ingredients, on: string[]): Promise<string> {
  const files = [...recipeFiles.map((name) => join(recipe, name)), node, supervisor.file, egressFile];
  const sums = await Promise.all(files.map(sumOf));
  const lock = runtime && (await lockOf(runtime));
  return createHash('sha256')
    .update(JSON.stringify([on, sums, runtime?.version, lock]))
    .digest('hex');
}

const sums = new Map<string, Promise<string>>();

/** Node's binary is large: each file is read once for as long as it does not change. */
async function sumOf(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const key = `${file} ${size} ${mtimeMs}`;
  const known = sums.get(key);
  if (known) return known;
  const sum = hashFile(file);
  sums.set(key, sum);
  sum.catch(() => sums.delete(key));
  return sum;
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** All of the image's files as one archive for the engine; nobody's name, and no time, is in it. */
export function buildContext(ingredients: Ingredients): NodeJS.ReadableStream {
  const archive = tar.pack();
  addAll(archive, ingredients).then(
    () => archive.finalize(),
    (error: Error) => archive.destroy(error),
  );
  return archive as unknown as NodeJS.ReadableStream;
}

async function addAll(archive: Pack, ingredients: Ingredients): Promise<void> {
  const { node, supervisor, egressFile, runtime, plugins = [] } = ingredients;
  for (const name of recipeFiles) await addFile(archive, join(recipe, name), name);
  await addFile(archive, await realpath(node), 'node');
  await addFile(archive, supervisor.file, 'supervisor.mjs');
  await addFile(archive, egressFile, 'egress.mjs');
  if (!runtime) return;
  const lock = await lockOf(runtime);
  archive.entry({ name: 'sbom.cdx.json', mode: 0o444, mtime: beginning }, lock && sbomOf(lock, runtime.version));
  await addTree(archive, runtime.directory, { nameFor: (name) => `openclaw/${name}` });
  // There in any case, since the recipe copies it.
  archive.entry({ name: 'plugins', type: 'directory', mode: 0o555, mtime: beginning });
  for (const { channel, directory } of plugins)
    await addTree(archive, directory, { nameFor: (name) => `plugins/${channel}/${name}` });
}

const addFile = (archive: Pack, file: string, name: string) =>
  addTree(archive, dirname(file), { nameFor: () => name, entries: [basename(file)] });

type Tree = { nameFor: (name: string) => string; entries?: string[] };

/** Adds a folder's files, for everybody to read and for nobody to write, under the names they are given. */
export function addTree(archive: Pack, folder: string, { nameFor, entries }: Tree): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.once('error', reject);
    packFolder(folder, {
      pack: archive,
      finalize: false,
      readable: true,
      ignore: (path) => forDevelopers.test(path),
      ...(entries ? { entries } : {}),
      map: (header) => ({ ...header, name: nameFor(header.name), uid: 0, gid: 0, mtime: beginning }),
      finish: () => {
        archive.off('error', reject);
        resolve();
      },
    });
  });
}

/** Empty where a version was installed without one. */
function lockOf({ directory }: Workload['runtime']): Promise<string> {
  return readFile(join(directory, 'pnpm-lock.yaml'), 'utf8').catch(() => '');
}
