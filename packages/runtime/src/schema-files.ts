import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ReloadKinds } from '@clawster/contract/openclaw-schema';

/** The schemas that come with Clawster: one folder a version of OpenClaw. */
export const shippedSchemas = join(import.meta.dirname, '..', 'schemas');

/** What is kept of a version: its own schema, whole and as it printed it, and what a change of each path brings about. */
export type KeptSchema = { schema: unknown; reloadKinds: ReloadKinds };

/** Reads what is kept of a version, or undefined when nothing is. */
export function readKeptSchema(schemasDirectory: string, version: string): KeptSchema | undefined {
  const directory = join(schemasDirectory, version);
  try {
    const schema: unknown = JSON.parse(gunzipSync(readFileSync(join(directory, 'schema.json.gz'))).toString());
    const reloadKinds = JSON.parse(readFileSync(join(directory, 'reload-kinds.json'), 'utf8')) as ReloadKinds;
    return { schema, reloadKinds };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps a version's schema. Written twice, the files are the same to the byte. */
export async function writeKeptSchema(schemasDirectory: string, version: string, kept: KeptSchema): Promise<void> {
  const directory = join(schemasDirectory, version);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'schema.json.gz'), gzipSync(JSON.stringify(kept.schema), { level: 9 }));
  const kinds = Object.fromEntries(
    Object.entries(kept.reloadKinds).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  await writeFile(join(directory, 'reload-kinds.json'), `${JSON.stringify(kinds, undefined, 2)}\n`);
}
