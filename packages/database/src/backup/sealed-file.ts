import { createHash, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { BackupTrouble } from './backup-trouble.ts';
import { type Binding, openChunks, type Place, sealChunks } from './chunks.ts';

const headerBytesMax = 4_096;
const format = 'clawster-backup';

/** In the clear at the file's beginning: how the passphrase becomes the key. Every chunk is bound to it. */
const Header = z.object({
  format: z.literal(format),
  version: z.int(),
  key: z.object({
    function: z.literal('scrypt'),
    // Bounded: a header is read before anything is authenticated, and must not cost more memory than this.
    cost: z
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    blockSize: z.int().min(1).max(8),
    parallelization: z.int().min(1).max(4),
    salt: z.string(),
  }),
  chunkBytes: z.int().min(1).max(16_777_216),
});
type Header = z.infer<typeof Header>;
export type Sealing = { cost: number; chunkBytes: number };

/** What a guess of the passphrase costs: 128 MB of memory and half a second. */
const usual: Sealing = { cost: 2 ** 17, chunkBytes: 1_048_576 };

/** Encrypts a stream under a passphrase: a header, then chunks that can be neither altered, moved nor left out. */
export async function* seal(
  plain: AsyncIterable<Buffer>,
  passphrase: string,
  { cost, chunkBytes }: Sealing = usual,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(32).toString('base64');
  const key = { function: 'scrypt', cost, blockSize: 8, parallelization: 1, salt } as const;
  const header: Header = { format, version: 1, key, chunkBytes };
  const text = Buffer.from(`${JSON.stringify(header)}\n`);
  const binding = await bindingOf(header, text, passphrase);
  yield text;
  yield* sealChunks(plain, binding);
}

/** Decrypts what `seal` made, a chunk at a time; throws a BackupTrouble at the first that is not as it was written. */
export async function* unseal(sealed: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const { header, text, rest } = await readHeader(sealed);
  yield* openChunks(rest, await bindingOf(header, text, passphrase));
}

async function bindingOf(header: Header, text: Buffer, passphrase: string): Promise<Binding> {
  const { cost, blockSize, parallelization, salt } = header.key;
  const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
  const maxmem = 130 * cost * blockSize * parallelization + 2 ** 20;
  const options = { cost, blockSize, parallelization, maxmem };
  const key = await derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, options);
  const bound = createHash('sha256').update(text).digest();
  return {
    key,
    chunkBytes: header.chunkBytes,
    nonceOf: ({ number }) => nonceOf(number),
    boundTo: (place) => boundTo(bound, place),
    damaged,
  };
}

/** Every chunk is bound to the header, its number and whether it is the last. */
function boundTo(bound: Buffer, { number, isLast }: Place): Buffer {
  return Buffer.concat([bound, nonceOf(number), Buffer.from([isLast ? 1 : 0])]);
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function damaged({ number, isLast }: Place): BackupTrouble {
  if (number === 0)
    return new BackupTrouble(
      'The passphrase is not the one this backup was made with, or the file was altered or cut short',
    );
  return new BackupTrouble(
    `The backup was altered${isLast ? ' or cut short' : ''} (at part ${number + 1}): nothing was written. Use another copy of the file`,
  );
}

async function readHeader(source: AsyncIterable<Buffer>) {
  const reader = source[Symbol.asyncIterator]();
  let read = Buffer.alloc(0);
  let end = -1;
  while (end < 0 && read.length < headerBytesMax) {
    const { value, done } = await reader.next();
    if (done) break;
    read = Buffer.concat([read, value]);
    end = read.indexOf('\n');
  }
  const text = read.subarray(0, end + 1);
  async function* rest() {
    yield read.subarray(end + 1);
    yield* { [Symbol.asyncIterator]: () => reader };
  }
  return { header: parseHeader(text), text, rest: rest() };
}

function parseHeader(text: Buffer): Header {
  let value: unknown;
  try {
    value = JSON.parse(text.toString());
  } catch {
    throw new BackupTrouble('This file is not a backup of Clawster');
  }
  if ((value as { format?: unknown } | null)?.format !== format)
    throw new BackupTrouble('This file is not a backup of Clawster');
  if (Number((value as { version?: unknown }).version) > 1)
    throw new BackupTrouble('This backup was made by a newer Clawster: restore it with that version or a newer one');
  const parsed = Header.safeParse(value);
  if (!parsed.success) throw new BackupTrouble('The beginning of the backup was altered: use another copy of the file');
  return parsed.data;
}
