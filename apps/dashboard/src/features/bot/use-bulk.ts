import type { ListedBot } from '@clawster/contract/bot';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { onAll, type Result } from './act-on-all.ts';

/** Something that is done with each of many bots. */
export type BulkWork = {
  verb: string;
  participle: string;
  /** Why it is not even asked of a bot. */
  whyNot: (bot: ListedBot) => string | undefined;
  act: (bot: ListedBot) => Promise<unknown>;
};
export type Running = { work: BulkWork; done: number; total: number };
type Outcome = { work: BulkWork; asked: ListedBot[]; results: Result[] };

/** Does something with many bots, and keeps what came of each until that is closed; what failed is tried again on demand. */
export function useBulk(bots: readonly ListedBot[]) {
  const queryClient = useQueryClient();
  const [running, setRunning] = useState<Running>();
  const [outcome, setOutcome] = useState<Outcome>();
  const resultsOf = async (work: BulkWork, asked: readonly ListedBot[]) => {
    const subjects = asked.map((bot) => ({ id: bot.id, name: bot.name, reason: work.whyNot(bot), bot }));
    setRunning({ work, done: 0, total: asked.length });
    const results = await onAll(
      subjects,
      ({ bot }) => work.act(bot),
      (done) => setRunning({ work, done, total: asked.length }),
    );
    setRunning(undefined);
    await queryClient.invalidateQueries({ queryKey: ['bots'] });
    return results;
  };
  const run = async (work: BulkWork, asked: ListedBot[]) => {
    setOutcome({ work, asked, results: await resultsOf(work, asked) });
  };
  const retry = async ({ work, asked, results }: Outcome) => {
    const failed = new Set(results.filter(({ trouble }) => trouble).map(({ botId }) => botId));
    // As they are now: what stood in the way may be gone.
    const again = asked.filter(({ id }) => failed.has(id)).map((bot) => bots.find(({ id }) => id === bot.id) ?? bot);
    const done = results.filter(({ trouble }) => !trouble);
    setOutcome({ work, asked, results: [...(await resultsOf(work, again)), ...done] });
  };
  return { running, outcome, run, retry, forget: () => setOutcome(undefined) };
}
