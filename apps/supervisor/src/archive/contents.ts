import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { stateFolders } from './format.ts';

/** One thing on the way into an archive; `name` is relative to the bot's folder, with slashes. */
export type Content = { name: string; path: string; kind: 'file' | 'folder' | 'other' };

/** In `state`: what OpenClaw makes anew, what is about one process, and the configuration, which the control plane sends. */
const notState = [
  /^state\/(tmp|cache|logs|npm|plugin-skills|plugin-captures)(\/|$)/,
  /^state\/openclaw\.json/,
  /^state\/(.*\/)?(node_modules|plugin-captures)(\/|$)/,
  /^state\/.*\.(lock|lock\.sqlite|pid|sock|log)$/,
];

/** A database's companions are inside the copy that is made of it. */
const companion = /^(?<database>.+)-(wal|shm|journal)$/;

/** All that belongs to the state of the bot in this folder, folders before what is in them. */
export async function* contentsOf(directory: string): AsyncGenerator<Content> {
  for (const folder of stateFolders) yield* below(directory, folder);
}

async function* below(directory: string, name: string): AsyncGenerator<Content> {
  const path = join(directory, name);
  // What was deleted while we looked is no part of the state any more.
  const entries = await readdir(path, { withFileTypes: true }).catch(ignoreMissing);
  if (!entries) return;
  yield { name, path, kind: 'folder' };
  const names = new Set(entries.map((entry) => entry.name));
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const child = `${name}/${entry.name}`;
    if (notState.some((pattern) => pattern.test(child)) || isCompanion(entry.name, names)) continue;
    if (entry.isDirectory()) yield* below(directory, child);
    else yield { name: child, path: join(path, entry.name), kind: entry.isFile() ? 'file' : 'other' };
  }
}

function isCompanion(name: string, siblings: Set<string>): boolean {
  const database = companion.exec(name)?.groups?.['database'];
  return database !== undefined && /\.(sqlite|sqlite3|db)$/.test(database) && siblings.has(database);
}

function ignoreMissing(error: NodeJS.ErrnoException): Dirent[] | undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
