import type Docker from 'dockerode';
import type { MountSettings } from 'dockerode';
import { label } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { place } from './place.ts';

/** `botId`: whose volume it is, so that what is left of a look that was broken off goes with that bot. */
type Where = { engine: Docker; installation: string; image: string; botId?: string };

type Idle = { name?: string; image: string; labels: Record<string, string>; mount: MountSettings };

/** Does something with a container that has a volume mounted and never runs, through which its files are read and written. */
export async function withIdle<T>(
  engine: Docker,
  { name, image, labels, mount }: Idle,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T> {
  const container = await engine.createContainer({
    ...(name === undefined ? {} : { name }),
    Image: image,
    Cmd: ['true'],
    Labels: labels,
    HostConfig: { NetworkMode: 'none', Mounts: [mount] },
  });
  try {
    return await work(container);
  } finally {
    await unlessMissing(container.remove({ force: true }));
  }
}

/** Does something with a container that has this volume mounted as a bot's and never runs; undefined when there is none. */
export async function withVolume<T>(
  { engine, installation, image, botId }: Where,
  volume: string,
  work: (container: Docker.Container) => Promise<T>,
): Promise<T | undefined> {
  if (!(await unlessMissing(engine.getVolume(volume).inspect()))) return undefined;
  const whose: Record<string, string> = botId === undefined ? {} : { [label.bot]: botId };
  const labels = { [label.installation]: installation, [label.role]: 'helper', ...whose };
  return withIdle(engine, { image, labels, mount: { Type: 'volume', Source: volume, Target: place.bot } }, work);
}
