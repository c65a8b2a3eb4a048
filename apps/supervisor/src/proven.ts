import type { Configure } from '@clawster/link/supervisor-methods';
import type { Host } from './host.ts';
import type { Orders } from './orders.ts';

/**
 * The gateway was seen to be well with what it runs: told as its generation, and kept to go back to. What stands in for a
 * refused configuration is told as the one it is from, and proves nothing new.
 */
export async function proven(
  { knownGood, status }: Host,
  orders: Orders,
  { running, startMs }: { running: Configure; startMs?: number },
): Promise<void> {
  if (orders.isStandIn(running)) return status.applied(knownGood.current()?.generation ?? 0);
  status.applied(running.generation);
  await knownGood.keep(running, startMs);
}
