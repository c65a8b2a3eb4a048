import { createInflateRaw } from 'node:zlib';

/** Gives bytes in order from an offset, as often as it is asked. */
export type Source = (from: number) => AsyncIterable<Uint8Array>;

/** Called between two chunks: the place to wait, or to stop by throwing. */
export type Between = () => Promise<void> | void;

/** How much may still be unpacked, for all that is of one source. */
export type Unpacking = { between: Between; budget: { left: number } };

/** As much as can be unpacked: what only looks like gzip, is cut off or is damaged gives what comes before that. */
export async function unpack(source: Source, from: number, { between, budget }: Unpacking) {
  // Without gzip's own wrapping: Node takes bytes behind a member for another one, and drops what it has unpacked.
  const inflate = createInflateRaw();
  const parts: Buffer[] = [];
  let isOver = false;
  let isCut = false;
  let wake = () => {};
  const over = () => {
    isOver = true;
    wake();
  };
  inflate.on('end', over).on('error', over);
  inflate.on('data', (part: Buffer) => {
    if (part.length > budget.left) isCut = isOver = true;
    parts.push(part.subarray(0, budget.left));
    budget.left -= Math.min(part.length, budget.left);
  });
  let wrapped: number | undefined;
  feeding: for await (const chunk of source(from)) {
    for (let at = wrapped === undefined ? (wrapped = headerBytes(chunk)) : 0; at < chunk.length; at += fedBytes) {
      await new Promise<void>((resolve) => {
        // What is damaged is told as an error, and never as taken.
        wake = resolve;
        inflate.write(chunk.subarray(at, at + fedBytes), () => resolve());
      });
      await between();
      if (isOver) break feeding;
    }
  }
  const taken = (wrapped ?? 0) + inflate.bytesWritten;
  inflate.destroy();
  return { bytes: Buffer.concat(parts), taken, isCut };
}
/** Even a bomb makes no more of it than can be told off between two of them. */
const fedBytes = 16 * 1024;

/** How long the header of a gzip member is that begins there (RFC 1952). */
function headerBytes(member: Uint8Array): number {
  const [flags = 0, low = 0, high = 0] = [member[3], member[10], member[11]];
  let at = 10;
  if (flags & 4) at += 2 + low + 256 * high;
  // A file's name, then a comment: each ends with a zero.
  for (const flag of [8, 16]) if (flags & flag) at = member.indexOf(0, at) + 1 || member.length;
  return flags & 2 ? at + 2 : at;
}
