import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifestFile = 'clawster-runtime.json';

/** Written as the last thing of an installation: where it is, the installation is whole. */
const Manifest = z.object({
  version: z.string(),
  lockSha256: z.string(),
  nodeVersion: z.string(),
  installedAt: z.string(),
});
export type Manifest = z.infer<typeof Manifest>;

export async function readManifest(directory: string): Promise<Manifest | undefined> {
  const text = await readFile(join(directory, manifestFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = Manifest.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await writeFile(join(directory, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
