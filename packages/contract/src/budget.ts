import { z } from 'zod';
import { ChannelKind } from './channel-settings.ts';
import { BotScope } from './label.ts';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

export const BudgetPeriod = z.enum(['day', 'week', 'month']);
export type BudgetPeriod = z.infer<typeof BudgetPeriod>;

const name = z.string().trim().min(1, 'Name the budget, such as Support').max(80);
const limitUsd = z
  .number('Enter an amount in US dollars')
  .positive('The limit is more than nothing')
  .max(1_000_000, 'The limit is a million US dollars at most');
/** Where it is told: at these percentages of the limit. */
const warnAt = z
  .array(z.int().min(1).max(100))
  .max(10)
  .transform((percents) => [...new Set(percents)].toSorted((one, other) => one - other));
/** Channels that a call can be told apart by: `clawster` is the chat here. */
export const BudgetChannel = z.enum([...ChannelKind.options, 'clawster']);
export type BudgetChannel = z.infer<typeof BudgetChannel>;

/** Whose calls a budget counts: those of one bot, of the bots with some labels, or of whoever is in a team. */
export const BudgetScope = z.union([...BotScope.options, z.strictObject({ teamId: Id })]);
export type BudgetScope = z.infer<typeof BudgetScope>;

/** That a limit does not hold as it stands, in the period it is in. */
export const BudgetLift = z.object({
  /** So much more in this period; absent: no limit until `until`. */
  usd: z.number().optional(),
  until: Timestamp.optional(),
  reason: z.string(),
  /** The name of who lifted it. */
  by: z.string(),
  at: Timestamp,
});
export type BudgetLift = z.infer<typeof BudgetLift>;

/** How much of a budget is used in the period it is in. */
export const BudgetUse = z.object({
  startsAt: Timestamp,
  endsAt: Timestamp,
  /** With what it is lifted by; absent while it is lifted without a limit. */
  limitUsd: z.number().optional(),
  spentUsd: z.number(),
  /** Bots may spend it, and have not yet: nobody else can. */
  reservedUsd: z.number(),
  /** When the limit is reached if spending goes on so; absent: not in this period. */
  exhaustedAt: Timestamp.optional(),
  /** Since when its bots are stopped, or, of a soft one, since when it is spent. */
  spentAt: Timestamp.optional(),
  lift: BudgetLift.optional(),
});
export type BudgetUse = z.infer<typeof BudgetUse>;

export const Budget = z.object({
  id: Id,
  name: z.string(),
  /** Absent: all bots of the workspace. */
  scope: BudgetScope.optional(),
  botName: z.string().optional(),
  teamName: z.string().optional(),
  channel: BudgetChannel.optional(),
  period: BudgetPeriod,
  limitUsd: z.number(),
  warnAt: z.array(z.int()),
  /** Its bots are stopped at the limit; else it is only told. */
  hard: z.boolean(),
  botCount: z.int(),
  use: BudgetUse,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Budget = z.infer<typeof Budget>;

/** What one bot has of a hard budget. */
export const BudgetShare = z.object({
  botId: Id,
  /** Absent where the bot is gone. */
  botName: z.string().optional(),
  spentUsd: z.number(),
  reservedUsd: z.number(),
  /** Since when it asked for more in vain. */
  refusedAt: Timestamp.optional(),
});
export type BudgetShare = z.infer<typeof BudgetShare>;

export const CreateBudget = z.object({
  name,
  scope: BudgetScope.optional(),
  channel: BudgetChannel.optional(),
  period: BudgetPeriod,
  limitUsd,
  warnAt: warnAt.default([50, 80, 100]),
  hard: z.boolean().default(true),
});
export type CreateBudget = z.infer<typeof CreateBudget>;
/** What is absent stays. What it counts cannot be changed: sums would be of two things. */
export const BudgetChanges = z.object({ name, limitUsd, warnAt, hard: z.boolean() }).partial();
export type BudgetChanges = z.infer<typeof BudgetChanges>;

const One = z.object({ budgetId: Id });
export const LiftBudget = One.extend({
  usd: z.number().positive().max(1_000_000).optional(),
  until: Timestamp.optional(),
  reason: z.string().trim().min(1, 'Say why it is lifted').max(300),
}).refine(({ usd, until }) => (usd === undefined) !== (until === undefined), {
  path: ['usd'],
  message: 'Say by how much, or until when without a limit: one of the two',
});
export type LiftBudget = z.infer<typeof LiftBudget>;

export const budgets = {
  list: route({
    method: 'GET',
    path: '/budgets',
    permission: 'budget:read',
    summary: 'Budgets with what is spent of them, by name',
    input: PageInput,
    output: pageOf(Budget),
  }),
  get: route({
    method: 'GET',
    path: '/budgets/{budgetId}',
    permission: 'budget:read',
    summary: 'A budget, and what each bot has of it',
    input: One,
    output: Budget.extend({ shares: z.array(BudgetShare) }),
  }),
  create: route({
    method: 'POST',
    path: '/budgets',
    permission: 'budget:manage',
    summary: 'Limit what bots spend in a day, a week or a month',
    input: CreateBudget,
    output: Budget,
  }),
  update: route({
    method: 'PATCH',
    path: '/budgets/{budgetId}',
    permission: 'budget:manage',
    summary: 'Change a budget; its bots are held to it within seconds',
    input: One.extend(BudgetChanges.shape),
    output: Budget,
  }),
  delete: route({
    method: 'DELETE',
    path: '/budgets/{budgetId}',
    permission: 'budget:manage',
    summary: 'Delete a budget; its bots go on without it',
    input: One,
    output: Empty,
  }),
  lift: route({
    method: 'POST',
    path: '/budgets/{budgetId}/lift',
    permission: 'budget:manage',
    summary: 'Let its bots spend more in this period, with a reason',
    input: LiftBudget,
    output: Budget,
  }),
  endLift: route({
    method: 'DELETE',
    path: '/budgets/{budgetId}/lift',
    permission: 'budget:manage',
    summary: 'Let the limit hold again as it stands',
    input: One,
    output: Budget,
  }),
};
