import type { Headers } from 'tar-stream';
import { ArchiveRefused, limits, stateFolders } from './format.ts';

/** How much was read of an archive, packed and unpacked. */
export type Read = { packedBytes: number; bytes: number; entries: number };

/** The place inside the bot's folder that an entry names; throws for all that could reach beyond, or fill the disk. */
export function placeOf(header: Headers, read: Read): string {
  const shown = JSON.stringify(header.name.slice(0, 200));
  if (header.type !== 'file' && header.type !== 'directory')
    throw new ArchiveRefused(`The archive holds something that is neither a file nor a folder: ${shown}`);
  const name = header.type === 'directory' ? header.name.replace(/\/$/, '') : header.name;
  if (!isInside(name)) throw new ArchiveRefused(`The archive names a place outside the bot's state: ${shown}`);
  const bytes = read.bytes + (header.size ?? 0);
  const isBomb = bytes > limits.ratioFromBytes && bytes > read.packedBytes * limits.ratioMax;
  if (isBomb || bytes > limits.bytesMax || read.entries >= limits.entriesMax)
    throw new ArchiveRefused('The archive would grow beyond what a bot can hold: it was made to fill the disk');
  return name;
}

/** Longer names are taken by no file system. */
const nameBytesMax = 255;

function isInside(name: string): boolean {
  const segments = name.split('/');
  return (
    Buffer.byteLength(name) <= limits.pathBytesMax &&
    !/[\0\\]/.test(name) &&
    (stateFolders as readonly string[]).includes(segments[0] ?? '') &&
    segments.every((segment) => !['', '.', '..'].includes(segment) && Buffer.byteLength(segment) <= nameBytesMax)
  );
}
