import { once } from 'node:events';
import { posix } from 'node:path';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { unlessMissing } from './missing.ts';
import { place, user } from './place.ts';

/**
 * A small file of the bot's volume, or of another by its whole path, through a container that has it mounted, running or
 * not; undefined when there is none.
 */
export async function readFile(container: Docker.Container, name: string): Promise<string | undefined> {
  const archive = await unlessMissing(container.getArchive({ path: posix.resolve(place.bot, name) }));
  if (!archive) return undefined;
  const extract = tar.extract();
  let content: string | undefined;
  extract.on('entry', (_, stream, next) => {
    void text(stream).then((read) => {
      content = read;
      next();
    });
  });
  const ended = once(extract, 'finish');
  archive.pipe(extract);
  await ended;
  return content;
}

/** Writes a small file into the bot's volume, or by its whole path into another, for our user alone to read. */
export async function writeFile(container: Docker.Container, name: string, content: string): Promise<void> {
  const archive = tar.pack();
  const path = posix.resolve(place.bot, name);
  archive.entry({ name: posix.basename(path), mode: 0o600, ...user }, content);
  archive.finalize();
  await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: posix.dirname(path) });
}
