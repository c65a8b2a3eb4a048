import { createCipheriv, createDecipheriv } from 'node:crypto';

const chunkBytes = 1024 * 1024;
const tagBytes = 16;

/**
 * Encrypts a stream in chunks of 1 MiB with AES-256-GCM. Each chunk is bound to its backup, its place and whether it is
 * the last, so that none can be left out, moved, added or taken from another file. The key is used for one file alone:
 * the place is nonce enough.
 */
export async function* encrypted(source: AsyncIterable<Buffer>, file: FileKey): AsyncGenerator<Buffer> {
  for await (const { bytes, place } of inChunks(source, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', file.key, nonceOf(place), { authTagLength: tagBytes });
    cipher.setAAD(boundTo(file, place));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Decrypts what `encrypted` made; throws at the first chunk that is not as it was, before anything of it is passed on. */
export async function* decrypted(source: AsyncIterable<Buffer>, file: FileKey): AsyncGenerator<Buffer> {
  for await (const { bytes, place } of inChunks(source, chunkBytes + tagBytes)) {
    if (bytes.length < tagBytes) throw new Error(damaged);
    const decipher = createDecipheriv('aes-256-gcm', file.key, nonceOf(place), { authTagLength: tagBytes });
    decipher.setAAD(boundTo(file, place));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      yield Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new Error(damaged, { cause });
    }
  }
}

export type FileKey = { key: Buffer; backupId: string };
type Place = { number: number; isLast: boolean };

const damaged = 'The backup is damaged, cut short or was altered: use another one';

async function* inChunks(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer; place: Place }> {
  let waiting: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const part of source) {
    waiting.push(part);
    length += part.length;
    if (length <= size) continue;
    // One whole chunk is kept back: only when more follows is it not the last.
    const bytes = Buffer.concat(waiting);
    let start = 0;
    for (; bytes.length - start > size; start += size)
      yield { bytes: bytes.subarray(start, start + size), place: { number: number++, isLast: false } };
    waiting = [bytes.subarray(start)];
    length = bytes.length - start;
  }
  yield { bytes: Buffer.concat(waiting), place: { number, isLast: true } };
}

function nonceOf({ number, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function boundTo({ backupId }: FileKey, { number, isLast }: Place): Buffer {
  return Buffer.from(JSON.stringify(['clawster-1', 'backup', backupId, number, isLast]));
}
