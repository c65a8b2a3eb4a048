import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { seal, unseal } from './envelope.ts';

/** Wraps the data keys of workspaces with a key that never leaves it: a file here, a vault or a cloud's KMS elsewhere. */
export type KeyWrapper = {
  /** Names the key-encryption key; kept beside everything it wrapped. */
  readonly id: string;
  wrap(dataKey: Buffer, workspaceId: string): Promise<Buffer>;
  /** Throws when `kekId` is not this wrapper's key, or the wrapped key was altered or belongs to another workspace. */
  unwrap(kekId: string, wrapped: Buffer, workspaceId: string): Promise<Buffer>;
};

/** A key-encryption key in a file of mode 0600, made on first use, complete or not at all. */
export async function openFileKeyWrapper(file: string): Promise<KeyWrapper> {
  const key = (await readKey(file)) ?? (await createKey(file));
  return keyWrapper(key);
}

/** A key wrapper around 32 bytes held in memory. */
export function keyWrapper(key: Buffer): KeyWrapper {
  const id = `file:${createHash('sha256').update('clawster-kek|').update(key).digest('hex').slice(0, 12)}`;
  const bound = (workspaceId: string) => ['data_key', workspaceId, id];
  return {
    id,
    async wrap(dataKey, workspaceId) {
      const { nonce, ciphertext } = seal(key, dataKey, bound(workspaceId));
      return Buffer.concat([nonce, ciphertext]);
    },
    async unwrap(kekId, wrapped, workspaceId) {
      if (kekId !== id) {
        throw new Error(
          `The secrets were encrypted with the key ${kekId}, but this server holds ${id}. Put the right key file back.`,
        );
      }
      return unseal(key, { nonce: wrapped.subarray(0, 12), ciphertext: wrapped.subarray(12) }, bound(workspaceId));
    },
  };
}

/** The key in this file; undefined when there is no file, and a sentence when it cannot be used. */
export async function readKey(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const { mode } = await stat(file);
  if (mode & 0o077) throw new Error(`Others can read the key file ${file}. Run: chmod 600 ${file}`);
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new Error(`The key file ${file} is damaged: it must hold 32 bytes in base64. Put its backup back.`);
  return key;
}

/** Puts a key in its place, in whatever file was there: on the disk when it returns. */
export async function replaceKey(file: string, key: Buffer): Promise<void> {
  const draft = await writeDraft(file, key);
  await rename(draft, file);
}

async function writeDraft(file: string, key: Buffer): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
    return draft;
  } finally {
    await handle.close();
  }
}

/** Written aside and linked into place: of two first starts at once, both end with the same key. */
async function createKey(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = await writeDraft(file, randomBytes(32));
  try {
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await readKey(file)) as Buffer;
}
