import { z } from 'zod';

/** How long a budget's limit holds before it begins anew, in UTC; a week begins on Monday. */
export const BudgetPeriod = z.enum(['day', 'week', 'month']);
export type BudgetPeriod = z.infer<typeof BudgetPeriod>;

/** A limit that bots may share. What one of them may spend of it, it draws from the control plane bit by bit. */
export const SharedBudget = z.object({
  id: z.string(),
  name: z.string(),
  period: BudgetPeriod,
  /** Counts calls of this channel alone; absent: all of the bot's. */
  channel: z.string().optional(),
  /** Rises with every change and every lift: what was refused before is asked for anew. */
  version: z.int(),
});
export type SharedBudget = z.infer<typeof SharedBudget>;

const usd = z.number().min(0).max(1e9);

/**
 * Asks for more to spend, or tells what was spent and what is kept. All amounts are of the whole period, so that a message
 * that is told twice, or whose answer was lost, changes nothing: `allowedUsd` is what the supervisor holds itself to from
 * now on, whatever it was allowed before, until an answer to this very request says more.
 */
export const DrawBudget = z.object({
  budgetId: z.uuid(),
  /** Names the supervisor's book, made with it: a bot that comes back without its book begins another one. */
  book: z.string().min(1).max(100),
  /** The day on which the period began that the amounts are of; absent: nothing was spent or allowed yet. */
  startsOn: z.iso.date().optional(),
  spentUsd: usd,
  allowedUsd: usd,
  /** What the next calls are likely to cost; 0: nothing is asked for. */
  wantsUsd: usd,
});
export type DrawBudget = z.infer<typeof DrawBudget>;

/** What is allowed, in all, in the period that began on `startsOn`. */
export const DrawnBudget = z.object({
  startsOn: z.iso.date(),
  /** The allowance is worth nothing after this time, of the control plane's clock. */
  endsAt: z.iso.datetime(),
  allowedUsd: usd,
  /** What is left is `spent`, or is `reserved` by other bots that may give it back; absent: there was something. */
  refused: z.enum(['spent', 'reserved']).optional(),
});
export type DrawnBudget = z.infer<typeof DrawnBudget>;
