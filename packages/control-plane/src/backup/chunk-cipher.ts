import { type Binding, openChunks, type Place, sealChunks } from '@clawster/database/backup/chunks';

const chunkBytes = 1024 * 1024;

export type FileKey = { key: Buffer; backupId: string };

/** Encrypts a bot's archive in chunks of 1 MiB, each bound to its backup and its place in it. */
export function encrypted(source: AsyncIterable<Buffer>, file: FileKey): AsyncGenerator<Buffer> {
  return sealChunks(source, bindingOf(file));
}

/** Decrypts what `encrypted` made; throws at the first chunk that is not as it was, before anything of it is passed on. */
export function decrypted(source: AsyncIterable<Buffer>, file: FileKey): AsyncGenerator<Buffer> {
  return openChunks(source, bindingOf(file));
}

function bindingOf({ key, backupId }: FileKey): Binding {
  return {
    key,
    chunkBytes,
    nonceOf,
    boundTo: ({ number, isLast }) => Buffer.from(JSON.stringify(['clawster-1', 'backup', backupId, number, isLast])),
    damaged: (_, cause) => new Error('The backup is damaged, cut short or was altered: use another one', { cause }),
  };
}

function nonceOf({ number, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}
