import { defineTarget } from '@clawster/target/target';
import { Settings } from './settings.ts';

/** Containers on a Docker engine, hardened: a container, a volume and a network of its own for each bot. */
export const docker = defineTarget({
  kind: 'docker',
  label: 'Docker engine',
  settings: Settings,
  startsAtOnceMax: ({ startsAtOnceMax }) => startsAtOnceMax,
  async connect(settings) {
    const [{ openEngine }, { dockerTarget }] = await Promise.all([
      import('./open-engine.ts'),
      import('./docker-target.ts'),
    ]);
    return dockerTarget(await openEngine(settings.connection), settings);
  },
});
