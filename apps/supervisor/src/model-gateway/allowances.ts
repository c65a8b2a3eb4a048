import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedBudget } from '@clawster/link/budget';
import { openAllowanceBook } from './allowance-book.ts';
import { Allowance, type Drawing } from './allowance.ts';

/** What a bot may spend of the budgets it shares with others: drawn bit by bit, and given back when it is not used. */
export type Allowances = {
  /** What holds from now on. */
  learn(budgets: readonly SharedBudget[]): void;
  /**
   * Lets one call go out that these budgets count, and returns how to say what it cost; or why it may not, in a sentence.
   * Waits for the control plane only when nothing is left of what was drawn.
   */
  begin(budgets: readonly SharedBudget[]): Promise<string | ((usd: number) => void)>;
  /** Gives back what is not used, as far as that can be done within a moment. */
  giveBack(): Promise<void>;
  close(): void;
};

/** Whoever ends the supervisor does not wait for a control plane that does not answer. */
const giveBackMsMax = 2_000;
/** How often it is looked what is not used. */
const lookMs = 10_000;

/** Opens what was allowed as it was written down last. */
export function openAllowances({ file, ...of }: Omit<Drawing, 'book'> & { file: string | undefined }): Allowances {
  const book = openAllowanceBook(file);
  const allowances = new Map<string, Allowance>();
  let versions = new Map<string, number>();
  const allowance = (id: string): Allowance => {
    const known = allowances.get(id) ?? new Allowance(id, { ...of, book });
    allowances.set(id, known);
    return known;
  };
  const look = setInterval(() => {
    for (const id of book.budgetIds()) if (allowance(id).isIdle()) void allowance(id).giveBack();
  }, lookMs);
  look.unref();
  return {
    learn(budgets) {
      for (const { id, version } of budgets) if (versions.get(id) !== version) allowance(id).forgetRefusal();
      versions = new Map(budgets.map(({ id, version }) => [id, version]));
    },
    async begin(budgets) {
      const counted = budgets.map((budget) => ({ budget, of: allowance(budget.id) }));
      for (const { budget, of: one } of counted) {
        const reason = await one.whyNot(budget);
        if (reason !== undefined) return reason;
      }
      for (const { of: one } of counted) one.begin();
      return (usd) => {
        for (const { of: one } of counted) one.spend(usd);
      };
    },
    async giveBack() {
      const given = Promise.all(book.budgetIds().map((id) => allowance(id).giveBack()));
      await Promise.race([given, sleep(giveBackMsMax, undefined, { ref: false })]);
    },
    close: () => clearInterval(look),
  };
}
