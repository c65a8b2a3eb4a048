import { BackupTrouble } from './backup-trouble.ts';

/** What a backup is made of, in order: the manifest, the key, for each table its rows and their end, and the end. */
export const kinds = ['manifest', 'key', 'rows', 'table-end', 'end'] as const;
export type Frame = { kind: (typeof kinds)[number]; bytes: Buffer };

const headBytes = 5;

export function writeFrame({ kind, bytes }: Frame): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(kinds.indexOf(kind), 0);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** The frames in a stream of bytes; what was authenticated before and still is no frame was written by another version. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer[] = [];
  let length = 0;
  let needed = headBytes;
  for await (const piece of source) {
    waiting.push(piece);
    length += piece.length;
    if (length < needed) continue;
    let bytes = Buffer.concat(waiting, length);
    for (needed = sizeOf(bytes); bytes.length >= needed; needed = sizeOf(bytes)) {
      yield { kind: kindOf(bytes), bytes: bytes.subarray(headBytes, needed) };
      bytes = bytes.subarray(needed);
      if (bytes.length < headBytes) break;
    }
    waiting = [bytes];
    length = bytes.length;
    needed = sizeOf(bytes);
  }
  if (length > 0) throw new BackupTrouble('The backup ends in the middle of a part');
}

/** How long the first frame is; with its head still to come, at least the head. */
function sizeOf(bytes: Buffer): number {
  return bytes.length < headBytes ? headBytes : headBytes + bytes.readUInt32BE(1);
}

function kindOf(bytes: Buffer): Frame['kind'] {
  const kind = kinds[bytes.readUInt8(0)];
  if (!kind) throw new BackupTrouble('The backup holds a part this version of Clawster does not know');
  return kind;
}
