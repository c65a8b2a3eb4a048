import type { Workload } from '../target.ts';

/** The workload of a bot as a conformance suite puts it on a target, with what differs there. */
export function someWorkload(different: Pick<Workload, 'botId' | 'supervisor'> & Partial<Workload>): Workload {
  return {
    botName: 'Lobster',
    generation: 1,
    joinToken: 'join-token-that-must-not-be-seen',
    controlPlaneUrl: 'http://127.0.0.1:9',
    memoryBytesMax: 2e9,
    copy: { id: '00000000-0000-4000-8000-000000000001', epoch: 1 },
    runtime: { version: '2026.9.6', directory: '/nowhere', node: process.execPath, compileCacheDirectory: '/nowhere' },
    ...different,
  };
}
