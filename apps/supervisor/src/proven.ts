import type { Running } from './gateway/bring-up.ts';
import type { Host } from './host.ts';
import type { Orders } from './orders.ts';

/**
 * The gateway was seen to be well with what it runs: told as its generation, and kept to go back to. What stands in for a
 * refused configuration is told as the one it is from, and proves nothing new. What its secrets are used for is proven from here on.
 */
export async function proven(
  { knownGood, status, proofs }: Host,
  orders: Orders,
  { running, startMs }: { running: Running; startMs?: number },
): Promise<void> {
  const { applied } = running;
  proofs.begin(running);
  if (orders.isStandIn(applied)) return status.applied(knownGood.current()?.generation ?? 0);
  status.applied(applied.generation);
  await knownGood.keep(applied, startMs);
}
