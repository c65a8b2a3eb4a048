import { ProblemError } from '@clawster/client/problem-error';
import type { BotImpact, Impact } from '@clawster/contract/configuration';
import { useQuery } from '@tanstack/react-query';
import { aFewAtATime } from '../../../lib/a-few-at-a-time.ts';
import { client } from '../../../lib/client.ts';
import { issuesOf } from '../use-preview.ts';
import type { BotChange } from './bulk-change.ts';
import { sumImpacts } from './sum-impacts.ts';

/** `reason`: why it is not even asked. */
export type BulkTarget = { botId: string; botName: string; change: BotChange; reason: string | undefined };

/** What a change of each of these bots would bring about, as if it were one change; one that is refused stops no other. */
export function useBulkPreview(targets: BulkTarget[]) {
  return useQuery<Impact>({
    queryKey: ['preview', 'bulk', targets],
    queryFn: ({ signal }) => aFewAtATime(targets, (target) => impactOn(target, signal)).then(sumImpacts),
    enabled: targets.length > 0,
    staleTime: 0,
    gcTime: 30_000,
  });
}

async function impactOn(target: BulkTarget, signal: AbortSignal): Promise<Impact> {
  const { botId, change, reason } = target;
  if (reason) return refusedImpact(target, [{ path: '', message: reason }]);
  return client.configurations
    .preview({ proposed: { kind: 'bot', botId, change }, limit: 1 }, { signal })
    .catch((error: unknown) => {
      if (error instanceof ProblemError) return refusedImpact(target, issuesOf({ error }));
      throw error;
    });
}

function refusedImpact({ botId, botName }: BulkTarget, issues: BotImpact['issues']): Impact {
  const bot: BotImpact = { botId, botName, changes: [], changeCount: 0, reload: 'none', issues };
  return { concerned: 1, changed: 0, hot: 0, restart: 0, refused: 1, bots: [bot] };
}
