import type Docker from 'dockerode';
import { ours } from '../labels.ts';
import { unlessMissing } from '../missing.ts';

/** Removes all that an installation left on the engine. */
export async function wipe(engine: Docker, installation: string): Promise<void> {
  const filters = ours(installation);
  for (const { Id } of await engine.listContainers({ all: true, filters }))
    await unlessMissing(engine.getContainer(Id).remove({ force: true, v: true }));
  for (const { Id } of await engine.listNetworks({ filters })) await unlessMissing(engine.getNetwork(Id).remove());
  const { Volumes } = await engine.listVolumes({ filters });
  for (const { Name } of Volumes ?? []) await unlessMissing(engine.getVolume(Name).remove());
  for (const { Id } of await engine.listImages({ filters }))
    await unlessMissing(engine.getImage(Id).remove({ force: true }));
}
