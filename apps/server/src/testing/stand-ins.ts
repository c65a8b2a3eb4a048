import type { ConnectedTarget } from '@clawster/target/target';
import type { StandIns } from '../build-plane.ts';

/** Puts a host of stand-in supervisors in place of real ones, and has every OpenClaw installed. */
export function standInsFor(host: ConnectedTarget, startsAtOnceMax = 8): StandIns {
  const runtime = (version: string) => ({
    version,
    directory: '/runtime',
    node: '/node',
    compileCacheDirectory: '/c',
    pluginsDirectory: '/p',
  });
  return {
    connectTarget: async () => host,
    startsAtOnceMax: () => startsAtOnceMax,
    runtimes: {
      installed: async (version) => runtime(version),
      install: async (version) => runtime(version),
      pluginDirectory: (version, channel) => `/plugins/${version}/${channel}`,
      hasPlugin: async () => true,
      addPlugin: async () => undefined,
    },
  };
}
