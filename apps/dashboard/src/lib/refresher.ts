import type { QueryClient } from '@tanstack/react-query';
import type { Noun } from './query.ts';

const gatherMs = 120;
const pauseMsMax = 5_000;

/** Gathers nouns and refreshes them together, pausing in proportion to what a refresh costs, so that a busy fleet cannot drown the page. */
export function refresher(queryClient: QueryClient): { refresh: (nouns: Noun[]) => void; stop: () => void } {
  const waiting = new Set<Noun>();
  let busy = false;
  let stopped = false;
  const run = async () => {
    busy = true;
    await pause(gatherMs);
    while (waiting.size > 0 && !stopped) {
      const nouns = [...waiting];
      waiting.clear();
      const startedAt = performance.now();
      await Promise.all(nouns.map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
      await pause(Math.min(pauseMsMax, 3 * (performance.now() - startedAt)));
    }
    busy = false;
  };
  return {
    refresh: (nouns) => {
      for (const noun of nouns) waiting.add(noun);
      if (!busy) void run();
    },
    stop: () => void (stopped = true),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
