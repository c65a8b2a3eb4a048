import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** What a restore under way writes down: which backup it restores, as which copy. */
const Unfinished = z.object({ backupId: z.string(), id: z.string(), epoch: z.int() });
export type Unfinished = z.infer<typeof Unfinished>;

const fileIn = (dataDirectory: string) => join(dataDirectory, 'restore.json');

/** The restore that was begun in this data folder and did not end, if there was one. */
export async function unfinishedRestore(dataDirectory: string): Promise<Unfinished | undefined> {
  const text = await readFile(fileIn(dataDirectory), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Unfinished.parse(JSON.parse(text));
}

/** Why a server may not start here, if a restore was broken off. */
export async function whyHalfRestored(dataDirectory: string): Promise<string | undefined> {
  if (!(await unfinishedRestore(dataDirectory))) return undefined;
  return `A restore into ${dataDirectory} was broken off: run the same \`clawster restore\` again, or choose another folder with --data-dir`;
}

/** Written before anything else, and on the disk when it returns. */
export async function noteRestore(dataDirectory: string, restore: Unfinished): Promise<void> {
  const file = fileIn(dataDirectory);
  const handle = await open(`${file}.new`, 'w', 0o600);
  await handle.writeFile(`${JSON.stringify(restore)}\n`);
  await handle.sync();
  await handle.close();
  await rename(`${file}.new`, file);
}

export async function forgetRestore(dataDirectory: string): Promise<void> {
  await rm(fileIn(dataDirectory), { force: true });
}
