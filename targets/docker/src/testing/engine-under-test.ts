import { join } from 'node:path';
import Docker from 'dockerode';
import { describe, inject } from 'vitest';
import { ours } from '../labels.ts';
import { unlessMissing } from '../missing.ts';
import { Settings } from '../settings.ts';

const found = inject('docker');
const egressFile = join(import.meta.dirname, '../../../../apps/egress/dist/egress.mjs');

/** The tests of this file, on a real engine; skipped where there is none, for the reason in their name. */
export function describeOnEngine(name: string, tests: (engine: Docker) => void): void {
  const isSkipped = 'why' in found;
  const title = isSkipped ? `${name}, which needs a Docker engine: ${found.why}` : name;
  describe.skipIf(isSkipped)(title, () => {
    tests(new Docker({ socketPath: isSkipped ? '/nowhere' : found.socket }));
  });
}

/** Settings for an installation of its own on that engine. */
export function settingsFor(installation: string, more: Partial<Settings> = {}): Settings {
  const { socket, baseImage } = 'why' in found ? { socket: '/nowhere', baseImage: 'nothing' } : found;
  return Settings.parse({ connection: { via: 'socket', path: socket }, installation, egressFile, baseImage, ...more });
}

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
