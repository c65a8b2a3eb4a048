import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Manifest, type ManifestKind, manifestKinds, manifestSchemas } from '@clawster/contract/manifest';
import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import { CliRefusal, exitCodes } from '../failure.ts';

const folders: Record<ManifestKind, string> = {
  Skill: 'skills',
  Template: 'templates',
  Profile: 'profiles',
  Bot: 'bots',
  Overlay: 'overlays',
  Team: 'teams',
};
const schemaFolder = 'schemas';
const filesMax = 5_000;

/** What the files in a folder say, each checked by its kind; a file may hold several, with `---` between. */
export async function readManifests(folder: string): Promise<Manifest[]> {
  const names = await yamlIn(folder);
  const read = await Promise.all(
    names.map(async (name) => manifestsIn(name, await readFile(join(folder, name), 'utf8'))),
  );
  return read.flat();
}

async function yamlIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new CliRefusal(`The folder ${folder} cannot be read. Check its path.`, exitCodes.usage, { cause });
  });
  const names = all
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    // What Git and editors keep is not meant.
    .filter((name) => !/(^|[/\\])\./.test(name))
    .toSorted();
  if (names.length > filesMax)
    throw new CliRefusal(`${folder} has more than ${filesMax} files: name a smaller folder.`, exitCodes.usage);
  return names;
}

function manifestsIn(name: string, text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document, at) => {
    const [error] = document.errors;
    if (error) throw new CliRefusal(`${name} is not valid YAML: ${error.message.split('\n', 1)[0]}`, exitCodes.usage);
    const value = valueIn(name, () => document.toJS({ maxAliasCount: 0 }));
    if (value === null) return [];
    const parsed = Manifest.safeParse(value);
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    const where = [name, ...(at > 0 ? [`document ${at + 1}`] : []), ...(issue?.path ?? [])].join(': ');
    throw new CliRefusal(`${where}: ${issue?.message}`, exitCodes.usage);
  });
}

function valueIn(name: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    throw new CliRefusal(`${name} uses YAML aliases, which are not read: write it out.`, exitCodes.usage, { cause });
  }
}

/**
 * Writes one readable file a thing, with a schema for editors beside them. Files of things that are gone are removed, so
 * that the folder says what is there and Git shows what changed; others are left alone.
 */
export async function writeManifests(folder: string, manifests: readonly Manifest[]): Promise<string[]> {
  await writeSchemas(folder);
  const written = await Promise.all(manifests.map((manifest) => writeManifest(folder, manifest)));
  for (const kind of manifestKinds) {
    const present = await readdir(join(folder, folders[kind])).catch(() => []);
    const gone = present.filter((name) => name.endsWith('.yaml') && !written.includes(join(folders[kind], name)));
    for (const name of gone) await rm(join(folder, folders[kind], name));
  }
  return written;
}

async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const { kind, name } = manifest;
  await mkdir(join(folder, folders[kind]), { recursive: true });
  const version = manifest.kind === 'Skill' ? `-${manifest.digest?.slice(7, 15) ?? 'new'}` : '';
  const path = join(folders[kind], `${fileName(name)}${version}.yaml`);
  const schema = `# yaml-language-server: $schema=../${schemaFolder}/${kind}.json\n`;
  await writeFile(join(folder, path), schema + stringify(manifest, { lineWidth: 100 }));
  return path;
}

/** A name as a file has it: two that differ in more than their signs stay two. */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const isPlain = /^[A-Za-z0-9 -]+$/.test(name) && plain !== '';
  return isPlain ? plain : `${plain || 'x'}-${Buffer.from(name).toString('hex').slice(0, 16)}`;
}

async function writeSchemas(folder: string): Promise<void> {
  await mkdir(join(folder, schemaFolder), { recursive: true });
  for (const kind of manifestKinds)
    await writeFile(join(folder, schemaFolder, `${kind}.json`), `${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`);
}

/** The JSON schema of a kind, by which an editor completes and checks. */
export function jsonSchemaOf(kind: ManifestKind): unknown {
  return z.toJSONSchema(manifestSchemas[kind], {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const meta = z.globalRegistry.get(zodSchema) as { override?: object } | undefined;
      Object.assign(jsonSchema, meta?.override);
      delete (jsonSchema as { override?: unknown }).override;
    },
  });
}
