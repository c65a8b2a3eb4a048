import type { PlannedBudget } from '@clawster/link/model-plan';
import { z } from 'zod';
import { openNotes } from './notes.ts';

const Spent = z.record(z.string(), z.object({ period: z.string(), usd: z.number() }));

/** What this bot has spent of its budgets, each in the period it is in. */
export type Spending = {
  /** What the control plane knew of: where that is more than is known here, it holds. Nothing is counted twice. */
  learn(budgets: readonly PlannedBudget[], now: Date): void;
  add(budget: PlannedBudget, usd: number, now: Date): void;
  spentUsd(budget: PlannedBudget, now: Date): number;
};

/**
 * Opens what was spent as it was written down last, so that a restart forgets nothing. All of a bot's calls pass here: what
 * is known here is the whole, unless the bot came from another host, of whose calls the control plane knows.
 */
export function openSpending(file: string | undefined): Spending {
  const notes = openNotes(file, Spent);
  const spent = new Map(Object.entries(notes.read() ?? {}));
  const current = ({ id, period }: PlannedBudget, now: Date) => {
    const known = spent.get(id);
    const today = periodOf(period, now);
    // A clock that is put back opens no period anew.
    return known && known.period >= today ? known : { period: today, usd: 0 };
  };
  const keep = (id: string, state: { period: string; usd: number }) => {
    spent.set(id, state);
    notes.write(Object.fromEntries(spent));
  };
  return {
    learn(budgets, now) {
      for (const budget of budgets) {
        const state = current(budget, now);
        if (budget.spentUsd > state.usd) keep(budget.id, { ...state, usd: budget.spentUsd });
      }
    },
    add(budget, usd, now) {
      const state = current(budget, now);
      keep(budget.id, { ...state, usd: state.usd + usd });
    },
    spentUsd: (budget, now) => current(budget, now).usd,
  };
}

/** `2026-11-27` or `2026-11`, in UTC. */
function periodOf(period: PlannedBudget['period'], now: Date): string {
  return now.toISOString().slice(0, period === 'day' ? 10 : 7);
}
