import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { type Bad, badOf } from './revision-outcome.ts';

/** Far enough back to find one that ran well, after however many attempts. */
const lookedAt = 50;

/** Whether a bot could become what it is to be. Where that cannot be asked, nothing is said of it. */
export function useRevisionOutcome({ id: botId, spec }: Bot): { known: boolean; bad?: Bad | undefined } {
  const { data, error } = useQuery({
    ...q(api.revisions.list, { botId, limit: lookedAt }),
    enabled: spec.desired !== 'destroyed',
  });
  return data ? { known: true, bad: badOf(data.items) } : { known: error !== null };
}
