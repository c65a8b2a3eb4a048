import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { leftFileBytesMax } from '@clawster/target/left-behind';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { unlessMissing } from './missing.ts';
import { place, user } from './place.ts';

/**
 * A small file of the bot's volume, through a container that has it mounted, running or not; undefined when there is none,
 * or something else in its place: the bot can put anything there.
 */
export async function readFile(container: Docker.Container, name: string): Promise<string | undefined> {
  const archive = await unlessMissing(container.getArchive({ path: `${place.bot}/${name}` }));
  if (!archive) return undefined;
  try {
    // The first entry is all of a file; what is none may go on without end.
    for await (const entry of archive.pipe(tar.extract())) {
      const { type, size = 0 } = entry.header;
      return type === 'file' && size <= leftFileBytesMax ? await text(entry) : undefined;
    }
    return undefined;
  } finally {
    (archive as Readable).destroy();
  }
}

/** Writes a small file into the bot's volume, for the bot alone to read. */
export async function writeFile(container: Docker.Container, name: string, content: string): Promise<void> {
  const archive = tar.pack();
  archive.entry({ name, mode: 0o600, ...user }, content);
  archive.finalize();
  await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: place.bot });
}
