import type { Configure } from '@clawster/link/supervisor-methods';
import { retryAfterMs } from '@clawster/gateway/gateway-error';
import type { Failures } from './failures.ts';
import type { Running } from './gateway/bring-up.ts';
import { checkModel } from './gateway/check-model.ts';
import type { Host } from './host.ts';

type Proof = {
  running: Running;
  wanted: Configure;
  signal: AbortSignal;
  /** Whether it is still this gateway that runs. */
  isCurrent: () => boolean;
};

/** Asks the model for an answer, again later when there is none; a gateway that then lasts is forgiven what failed before. */
export async function prove(host: Host, failures: Failures, { isCurrent, ...check }: Proof): Promise<void> {
  const hasExited = () => check.running.process.hasExited();
  const outcome = await checkModel(host, check);
  if (outcome !== 'well') {
    if (!hasExited()) failures.retry.failed({ firstMs: 15_000, lastMs: 300_000 }, retryAfterMs(outcome.error));
    return;
  }
  failures.retry.settle();
  setTimeout(() => {
    // A gateway that came after this one has still to show that it lasts.
    if (isCurrent() && !hasExited()) failures.calm();
  }, host.timing.calmMs).unref();
}
