import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { label } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import { place, user } from '../place.ts';

type Where = { engine: Docker; installation: string; image: string };

/** Does something with a container that has this volume mounted as a bot's and never runs; undefined when there is none. */
export async function withVolume<T>(
  { engine, installation, image }: Where,
  volume: string,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T | undefined> {
  if (!(await unlessMissing(engine.getVolume(volume).inspect()))) return undefined;
  const container = await engine.createContainer({
    Image: image,
    Cmd: ['true'],
    Labels: { [label.installation]: installation },
    HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: place.bot }] },
  });
  try {
    return await work(container);
  } finally {
    await container.remove();
  }
}

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
