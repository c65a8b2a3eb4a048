import type Docker from 'dockerode';
import { label, nameOf } from '../../targets/docker/src/labels.ts';
import { run } from '../../targets/docker/src/testing/run.ts';

/** Takes all the memory a bot's container has, so that its gateway is what goes first. */
export async function exhaust(container: Docker.Container): Promise<void> {
  await run(container, 'echo 1000 > /proc/$(grep -o "[0-9]*" /bot/gateway.pid | head -1)/oom_score_adj');
  await run(container, 'head -c 40000000 /dev/zero > /tmp/ballast');
  const { usage } = (await container.stats({ stream: false })).memory_stats;
  await container.update({ Memory: usage, MemorySwap: usage });
  await run(container, 'head -c 20000000 /dev/zero > /tmp/more');
}

type Whose = { botId: string; installation: string; baseImage: string };

/** Makes the volume of a bot that has not been started yet, with room for 1.2 GB; the container that is returned keeps it, and may fill it. */
export async function smallVolume(
  engine: Docker,
  { botId, installation, baseImage }: Whose,
): Promise<Docker.Container> {
  const volume = nameOf(botId);
  await engine.createVolume({
    Name: volume,
    Labels: { [label.installation]: installation, [label.role]: 'bot', [label.bot]: botId },
    DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1200m,uid=1000,gid=1000,mode=0700' },
  });
  const holder = await engine.createContainer({
    Image: baseImage,
    Cmd: ['sleep', '1000'],
    HostConfig: { Binds: [`${volume}:/bot`], NetworkMode: 'none' },
  });
  await holder.start();
  return holder;
}
