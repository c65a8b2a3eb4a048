import { api } from '@clawster/contract/api';
import type { BotPhase } from '@clawster/contract/bot';
import { useQueries } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';

/** How many bots are in each of these phases; undefined until all answers are there. Each is a page of one, for its total. */
export function useBotCounts<const Phases extends readonly BotPhase[]>(
  phases: Phases,
): Record<Phases[number], number> | undefined {
  return useQueries({
    queries: phases.map((phase) => q(api.bots.list, { phase, limit: 1 })),
    combine: (results) =>
      results.every((result) => result.data)
        ? (Object.fromEntries(phases.map((phase, index) => [phase, results[index]?.data?.total ?? 0])) as Record<
            Phases[number],
            number
          >)
        : undefined,
  });
}
