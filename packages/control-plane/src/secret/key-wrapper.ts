import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { seal, unseal } from './envelope.ts';
import { type KeyDriver, type KeyKind, usingKey, type Wrapped } from './key-driver.ts';
import { keyRing } from './key-ring.ts';

/** A key-encryption key as it was last looked at; `trouble` says why it cannot be used. */
export type HeldKey = {
  kind: KeyKind;
  id: string;
  isCurrent: boolean;
  holds(kekId: string): boolean;
  lookedAt: Date;
  trouble: string | undefined;
};

/** Wraps the data keys of workspaces with keys that never leave their place: a file here, a vault or a cloud's KMS elsewhere. */
export type KeyWrapper = {
  /** Names the key that wraps now. */
  readonly id: string;
  /** What it answers with names the key, and is kept beside everything that was wrapped. */
  wrap(dataKey: Buffer, boundTo: string): Promise<Wrapped>;
  /** Throws when no key here is `kekId`, or the wrapped key was altered or belongs to another workspace. */
  unwrap(kekId: string, wrapped: Buffer, boundTo: string): Promise<Buffer>;
  /** Whether one of its keys wrapped what has this id. */
  holds(kekId: string): boolean;
  /** All its keys, the current one first, each used once just now or some seconds ago. */
  look(): Promise<HeldKey[]>;
  /** Forgets what it has opened, as when a key was changed. */
  forget(): void;
};

/** A key-encryption key in a file of mode 0600, made on first use, complete or not at all. */
export async function openFileKeyWrapper(file: string): Promise<KeyWrapper> {
  return keyRing({ current: await openKeyFile(file) });
}

/** A key wrapper around 32 bytes held in memory. */
export function keyWrapper(key: Buffer): KeyWrapper {
  return keyRing({ current: fileKey(key) });
}

/** The key in a file of mode 0600, made on first use. */
export async function openKeyFile(file: string): Promise<KeyDriver> {
  const makeKey = () =>
    createKey(file).catch((cause: NodeJS.ErrnoException) => {
      throw new Error(
        `There is no key file ${file}, and none can be made (${cause.code}): put 32 random bytes in base64 there, with mode 0600.`,
        { cause },
      );
    });
  return fileKey((await readKey(file)) ?? (await makeKey()));
}

/** The driver of 32 bytes held in memory. */
export function fileKey(key: Buffer): KeyDriver {
  const id = `file:${createHash('sha256').update('clawster-kek|').update(key).digest('hex').slice(0, 12)}`;
  const bound = (boundTo: string) => ['data_key', boundTo, id];
  return {
    kind: 'file',
    id,
    holds: (kekId) => kekId === id,
    async wrap(dataKey, boundTo) {
      const { nonce, ciphertext } = seal(key, dataKey, bound(boundTo));
      return { kekId: id, wrapped: Buffer.concat([nonce, ciphertext]) };
    },
    unwrap: ({ wrapped }, boundTo) =>
      usingKey(id, { reasonOf: () => 'altered' }, async () =>
        unseal(key, { nonce: wrapped.subarray(0, 12), ciphertext: wrapped.subarray(12) }, bound(boundTo)),
      ),
  };
}

/** The key in this file; undefined when there is no file, and a sentence when it cannot be used. */
export async function readKey(file: string): Promise<Buffer | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(
      `The key file ${file} cannot be read (${error.code}): it must be a file of the user that Clawster runs as, with mode 0600.`,
      { cause: error },
    );
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
