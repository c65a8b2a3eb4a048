import type { Configure } from '@clawster/link/supervisor-methods';
import type { Failures } from './failures.ts';
import type { Host } from './host.ts';
import type { Orders } from './orders.ts';

/**
 * From here on the bot works on with the last configuration that is known to be good, and says why. Returns whether what
 * was tried is no longer wanted: false when there is no other.
 */
export function takeBack(
  { knownGood, status, spool, log }: Host,
  { orders, failures }: { orders: Orders; failures: Failures },
  { tried, why }: { tried: Configure; why: string },
): boolean {
  // Something newer came meanwhile, and was not tried yet.
  if (orders.wanted !== tried) return true;
  const good = knownGood.current();
  if (!good || knownGood.isCurrent(tried)) return false;
  const { generation } = tried;
  const told = `${why}. The bot works on: generation ${generation} runs with the configuration of generation ${good.generation}`;
  orders.refuse(told, good);
  failures.forget();
  status.refused({ generation, reason: why });
  status.evidence('supervisor', false, told);
  status.impair('configuration', told);
  spool.add('configuration-refused', { reason: why, generation, runs: good.generation });
  log('error', 'a configuration was taken back', { reason: told });
  return true;
}
