import { defineTarget } from '@clawster/target/target';
import { SwarmSettings } from './settings.ts';

/** Services of a Docker Swarm, hardened: each bot on the node that has its state, and never on two. */
export const dockerSwarm = defineTarget({
  kind: 'docker-swarm',
  label: 'Docker Swarm',
  settings: SwarmSettings,
  startsAtOnceMax: ({ startsAtOnceMax }) => startsAtOnceMax,
  async connect(settings) {
    const [{ openEngine }, { swarmTarget }] = await Promise.all([
      import('./open-engine.ts'),
      import('./swarm/swarm-target.ts'),
    ]);
    // A manager may be an engine that has bots as well: what is whose is told apart.
    const installation = `${settings.installation}-swarm`;
    return swarmTarget(await openEngine(settings.connection), { ...settings, installation });
  },
});
