import { join } from 'node:path';
import Docker from 'dockerode';
import { describe, inject } from 'vitest';
import { Settings } from '../settings.ts';

const found = inject('docker');
/** The built proxy, which every image of ours holds. */
export const egressFile = join(import.meta.dirname, '../../../../apps/egress/dist/egress.mjs');

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
