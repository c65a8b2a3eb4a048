import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliRefusal } from './failure.ts';
import { parseJson } from './parse-json.ts';
import { dataFolderOf, type World } from './world.ts';

/** Which server to ask, and as whom. An absent `url` means the server of this data folder, wherever it listens. */
export const Connection = z.object({ url: z.url().optional(), apiKey: z.string().optional() });
export type Connection = z.infer<typeof Connection>;

const ServerFile = z.object({ pid: z.int(), port: z.int(), url: z.url(), version: z.string(), startedAt: z.string() });
export type ServerFile = z.infer<typeof ServerFile>;

const connectionPath = (world: World) => join(dataFolderOf(world), 'cli.json');

/** The connection on disk, overridden by CLAWSTER_URL and CLAWSTER_API_KEY. */
export function readConnection(world: World): Connection {
  const stored = readJson(connectionPath(world), Connection) ?? {};
  const url = world.env['CLAWSTER_URL'];
  // A key belongs to its server: it is never sent to another one that the environment names.
  const apiKey = world.env['CLAWSTER_API_KEY'] ?? (url && url !== stored.url ? undefined : stored.apiKey);
  return { ...stored, ...(url ? { url } : {}), apiKey };
}

export async function saveConnection(world: World, connection: Connection): Promise<void> {
  const path = connectionPath(world);
  await mkdir(dataFolderOf(world), { recursive: true, mode: 0o700 });
  await writeFile(`${path}.new`, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
}

export async function forgetConnection(world: World): Promise<void> {
  await rm(connectionPath(world), { force: true });
}

/** What the running server of this data folder says about itself; it may be gone since. */
export function readServerFile(dataFolder: string): ServerFile | undefined {
  return readJson(join(dataFolder, 'server.json'), ServerFile);
}

/** Where the server is, or a refusal that says how to start one. */
export function serverUrl(world: World, connection: Connection = readConnection(world)): string {
  const url = connection.url ?? readServerFile(dataFolderOf(world))?.url;
  if (url) return url;
  throw new CliRefusal(
    'No Clawster server is known. Start one with `clawster up`, or name one with `clawster login <url>`.',
  );
}

function readJson<Value>(path: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    return parseJson(readFileSync(path, 'utf8'), schema);
  } catch {
    return undefined;
  }
}
