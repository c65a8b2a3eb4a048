import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type Docker from 'dockerode';
import { label, ours } from '../../targets/docker/src/labels.ts';

/** What others have on an engine, and must stay as it is. */
export type Bystanders = { changed(): Promise<string[]>; remove(): Promise<void> };

const name = `bystander-${randomBytes(4).toString('hex')}`;
/** Some bear no label, some those of a Clawster that nobody speaks of. */
const kinds = { plain: {}, labelled: { [label.installation]: name, [label.role]: 'bot', [label.bot]: name } };

/** Puts volumes and networks of somebody else onto the engine. */
export async function addBystanders(engine: Docker): Promise<Bystanders> {
  for (const [kind, Labels] of Object.entries(kinds)) {
    await engine.createVolume({ Name: `${name}-${kind}`, Labels });
    await engine.createNetwork({ Name: `${name}-${kind}`, Internal: true, Labels });
  }
  const names = Object.keys(kinds).map((kind) => `${name}-${kind}`);
  const looks = async () =>
    Object.fromEntries(
      await Promise.all(
        names.flatMap((one) => [
          engine
            .getVolume(one)
            .inspect()
            .then((about) => [`volume ${one}`, about] as const),
          engine
            .getNetwork(one)
            .inspect()
            .then((about) => [`network ${one}`, about] as const),
        ]),
      ),
    );
  const before = await looks();
  return {
    async changed() {
      const now = await looks();
      return Object.keys(before).filter((one) => !isDeepStrictEqual(before[one], now[one]));
    },
    async remove() {
      for (const one of names) {
        await engine.getVolume(one).remove();
        await engine.getNetwork(one).remove();
      }
    },
  };
}

/** All that an installation has on the engine, by its id: what it bears, and whether it runs. */
export async function allOf(engine: Docker, installation: string): Promise<Record<string, unknown>> {
  const filters = ours(installation);
  const [containers, { Volumes }, networks, images] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listVolumes({ filters }),
    engine.listNetworks({ filters }),
    engine.listImages({ filters }),
  ]);
  return Object.fromEntries([
    ...containers.map(({ Id, Labels, State }) => [Id, { Labels, State }]),
    ...(Volumes ?? []).map(({ Name, Labels }) => [`volume ${Name}`, { Labels }]),
    ...networks.map(({ Id, Labels }) => [Id, { Labels }]),
    ...images.map(({ Id, Labels }) => [Id, { Labels }]),
  ]);
}
