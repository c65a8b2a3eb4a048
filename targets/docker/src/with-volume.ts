import type Docker from 'dockerode';
import { label } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { place } from './place.ts';

/** `botId`: whose volume it is, so that what is left of a look that was broken off goes with that bot. */
type Where = { engine: Docker; installation: string; image: string; botId?: string };

/** Does something with a container that has this volume mounted as a bot's and never runs; undefined when there is none. */
export async function withVolume<T>(
  { engine, installation, image, botId }: Where,
  volume: string,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T | undefined> {
  if (!(await unlessMissing(engine.getVolume(volume).inspect()))) return undefined;
  const whose: Record<string, string> = botId === undefined ? {} : { [label.bot]: botId };
  const container = await engine.createContainer({
    Image: image,
    Cmd: ['true'],
    Labels: { [label.installation]: installation, [label.role]: 'helper', ...whose },
    HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: place.bot }], NetworkMode: 'none' },
  });
  try {
    return await work(container);
  } finally {
    await container.remove({ force: true });
  }
}
