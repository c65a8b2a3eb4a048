import { createCipheriv, createDecipheriv } from 'node:crypto';

export const tagBytes = 16;

/** Which chunk of a file it is; the last says so, so that a file that was cut short ends with one that does not. */
export type Place = { number: number; isLast: boolean };

/** How one format of file binds its chunks. The key is used for one file alone, so that a chunk's place is nonce enough. */
export type Binding = {
  key: Buffer;
  chunkBytes: number;
  nonceOf: (place: Place) => Buffer;
  boundTo: (place: Place) => Buffer;
  /** What to throw at a chunk that is not as it was. */
  damaged: (place: Place, cause?: unknown) => Error;
};

/** Encrypts a stream with AES-256-GCM in chunks, of which none can be left out, moved, added or taken from another file. */
export async function* sealChunks(source: AsyncIterable<Buffer>, binding: Binding): AsyncGenerator<Buffer> {
  for await (const { bytes, place } of inChunks(source, binding.chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', binding.key, binding.nonceOf(place), { authTagLength: tagBytes });
    cipher.setAAD(binding.boundTo(place));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** Decrypts what `sealChunks` made; throws at the first chunk that is not as it was, before anything of it is passed on. */
export async function* openChunks(source: AsyncIterable<Buffer>, binding: Binding): AsyncGenerator<Buffer> {
  for await (const { bytes, place } of inChunks(source, binding.chunkBytes + tagBytes)) {
    if (bytes.length < tagBytes) throw binding.damaged(place);
    const decipher = createDecipheriv('aes-256-gcm', binding.key, binding.nonceOf(place), { authTagLength: tagBytes });
    decipher.setAAD(binding.boundTo(place));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    let opened: Buffer;
    try {
      opened = Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
    } catch (cause) {
      throw binding.damaged(place, cause);
    }
    yield opened;
  }
}

/** The same bytes in chunks of this size; the last may be smaller, or empty. */
async function* inChunks(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer; place: Place }> {
  let waiting: Buffer[] = [];
  let length = 0;
  let number = 0;
  for await (const part of source) {
    waiting.push(part);
    length += part.length;
    if (length <= size) continue;
    let bytes = Buffer.concat(waiting, length);
    // One whole chunk is kept back: only when more follows is it not the last.
    for (; bytes.length > size; bytes = bytes.subarray(size))
      yield { bytes: bytes.subarray(0, size), place: { number: number++, isLast: false } };
    waiting = [bytes];
    length = bytes.length;
  }
  yield { bytes: Buffer.concat(waiting, length), place: { number, isLast: true } };
}
