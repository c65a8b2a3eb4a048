import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { unlessMissing } from '../missing.ts';
import { place, user } from '../place.ts';

/** Writes a file as the bot would: all folders above it are the bot's own. */
export async function putFile(container: Docker.Container, name: string, content: string): Promise<void> {
  const archive = tar.pack();
  for (let folder = dirname(name), above: string[] = []; ; folder = dirname(folder)) {
    if (folder !== '.') {
      above = [folder, ...above];
      continue;
    }
    for (const one of above) archive.entry({ name: one, type: 'directory', mode: 0o700, ...user });
    break;
  }
  archive.entry({ name, mode: 0o600, ...user }, content);
  archive.finalize();
  await container.putArchive(archive as unknown as NodeJS.ReadableStream, { path: place.bot });
}

/** All that lies in the volume, in one text. */
export async function allFiles(container: Docker.Container): Promise<string> {
  const archive = await unlessMissing(container.getArchive({ path: place.bot }));
  return archive ? text(archive) : '';
}
