import type Docker from 'dockerode';
import { findVolume } from './bots.ts';
import { label, nameOf } from './labels.ts';
import { place } from './place.ts';

type Where = { engine: Docker; installation: string; image: string };

/** Does something with a container that has the bot's volume mounted and never runs; undefined when there is no volume. */
export async function withVolume<T>(
  { engine, installation, image }: Where,
  botId: string,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T | undefined> {
  if (!(await findVolume(engine, botId))) return undefined;
  const container = await engine.createContainer({
    Image: image,
    Cmd: ['true'],
    Labels: { [label.installation]: installation, [label.role]: 'helper', [label.bot]: botId },
    HostConfig: { Mounts: [{ Type: 'volume', Source: nameOf(botId), Target: place.bot }], NetworkMode: 'none' },
  });
  try {
    return await work(container);
  } finally {
    await container.remove({ force: true });
  }
}
