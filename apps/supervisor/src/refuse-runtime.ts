import type { Host } from './host.ts';

/**
 * Tells that this OpenClaw does not come up where another one did, with a document that is known to be good. Which one a bot
 * has is not decided here: its control plane gives it back the one before.
 */
export function refuseRuntime({ knownGood, workload, status, spool, log }: Host, why: string): void {
  const { version } = workload.runtime;
  const before = knownGood.current()?.runtimeVersion;
  const { generation, refused } = status.report();
  if (before === undefined || before === version || refused?.runtimeVersion === version) return;
  const reason = `OpenClaw ${version} did not come up, as ${before} did: ${why}`;
  status.refused({ generation, reason, runtimeVersion: version });
  spool.add('configuration-refused', { reason, generation });
  log('error', 'a runtime was refused', { reason });
}
