import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({ name: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });

const notSources = new Set(['node_modules', 'dist', '.next', 'test', 'next-env.d.ts']);

/** A hash of everything an app is built from: its own folder, those of our packages it needs, and the lockfile. */
export async function hashSources(clone: string, app: string): Promise<string> {
  const folders = await foldersOf(clone, app);
  const files = (await Promise.all(folders.map(filesIn))).flat().sort();
  const hash = createHash('sha256');
  for (const file of [...files, join(clone, 'pnpm-lock.yaml')]) {
    hash
      .update(relative(clone, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The app's folder and those of the packages of ours it depends on, near and far. */
async function foldersOf(clone: string, app: string): Promise<string[]> {
  const packages = await packagesOf(clone);
  const found = new Set<string>();
  const open = [`@clawster/${app}`];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = packages.get(name);
    if (!one || found.has(one.folder)) continue;
    found.add(one.folder);
    open.push(...one.needs);
  }
  return [...found];
}

async function packagesOf(clone: string): Promise<Map<string, { folder: string; needs: string[] }>> {
  const packages = new Map<string, { folder: string; needs: string[] }>();
  for (const group of ['packages', 'targets', 'apps']) {
    for (const entry of await readdir(join(clone, group))) {
      const folder = join(clone, group, entry);
      const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const { name, dependencies } = Manifest.parse(JSON.parse(text));
      const needs = Object.entries(dependencies)
        .filter(([, range]) => range.startsWith('workspace:'))
        .map(([needed]) => needed);
      packages.set(name, { folder, needs });
    }
  }
  return packages;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(
    ({ name }) => !notSources.has(name) && !/\.(test|e2e)\.tsx?$/.test(name),
  );
  const nested = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}
