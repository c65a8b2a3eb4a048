import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { leftFileBytesMax } from '@clawster/target/left-behind';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { unlessMissing } from './missing.ts';
import { place, user } from './place.ts';

/**
 * A small file of the bot's volume, or of another by its whole path, through a container that has it mounted, running or
 * not; undefined when there is none, or something else in its place: a bot can put anything into its own.
 */
export async function readFile(
  container: Docker.Container,
  name: string,
  bytesMax = leftFileBytesMax,
): Promise<string | undefined> {
  const archive = await unlessMissing(container.getArchive({ path: posix.resolve(place.bot, name) }));
  if (!archive) return undefined;
  try {
    // The first entry is all of a file; what is none may go on without end.
    for await (const entry of archive.pipe(tar.extract())) {
      const { type, size = 0 } = entry.header;
      return type === 'file' && size <= bytesMax ? await text(entry) : undefined;
    }
    return undefined;
  } finally {
    (archive as Readable).destroy();
  }
}

/** Writes a small file into the bot's volume, or by its whole path into another, for our user alone to read. */
export async function writeFile(container: Docker.Container, name: string, content: string): Promise<void> {
  const archive = tar.pack();
  const path = posix.resolve(place.bot, name);
  archive.entry({ name: posix.basename(path), mode: 0o600, ...user }, content);
  archive.finalize();
  await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: posix.dirname(path) });
}
