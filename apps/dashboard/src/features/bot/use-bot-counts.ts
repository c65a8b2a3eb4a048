import { api } from '@clawster/contract/api';
import type { BotCounts } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';

/** How many bots there are and in each phase; `isSettled` once that is known, or known not to be had. */
export function useBotCounts(): { counts: BotCounts | undefined; isSettled: boolean } {
  const { data, error } = useQuery(q(api.bots.counts, {}));
  return { counts: data, isSettled: data !== undefined || error !== null };
}
