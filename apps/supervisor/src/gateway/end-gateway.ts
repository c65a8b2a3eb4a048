import type { Host } from '../host.ts';
import type { Running } from './bring-up.ts';

/** Ends a gateway for a reason of ours, which is then told as that of its end. */
export function endGateway({ status }: Host, running: Running, reason: string): void {
  if (running.process.hasExited()) return;
  running.endReason = reason;
  status.evidence('supervisor', false, reason);
  void running.process.stop();
}
