import { z } from 'zod';
import { SharedBudget } from './budget.ts';

/** Who answers, and so how they are spoken to. `demo` is built into the supervisor. */
export const ModelProvider = z.enum(['openai', 'anthropic', 'google', 'openrouter', 'openai-compatible', 'demo']);
export type ModelProvider = z.infer<typeof ModelProvider>;

const rates = {
  input: z.number().min(0),
  output: z.number().min(0),
  cacheRead: z.number().min(0).optional(),
  cacheWrite: z.number().min(0).optional(),
};

/** US dollars for a million tokens. What a cache costs is the price of input where it is not said. */
export const ModelPrice = z.object({
  ...rates,
  /** What a call costs whose prompt, caches included, has more tokens than `above`. */
  long: z.object({ above: z.int(), ...rates }).optional(),
  /** Which price it is, so that a cost can be told from one at another price. */
  version: z.string(),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** One place where a model answers. `connectorId` is who is billed for it. */
export const PlannedUpstream = z.object({
  provider: ModelProvider,
  connectorId: z.string().optional(),
  baseUrl: z.string().default(''),
  apiKey: z.string().optional(),
  model: z.string(),
  price: ModelPrice.optional(),
  /** The budget its calls are counted against. */
  budgetId: z.string().optional(),
});
export type PlannedUpstream = z.infer<typeof PlannedUpstream>;

/** What a bot may spend in a period of UTC; `spentUsd` is what the control plane knew of at the plan's `at`. */
export const PlannedBudget = z.object({
  id: z.string(),
  connectorName: z.string(),
  period: z.enum(['day', 'month']),
  limitUsd: z.number().min(0),
  spentUsd: z.number().min(0),
});
export type PlannedBudget = z.infer<typeof PlannedBudget>;

/** What a bot may ask of models, and what becomes of each call: who is asked in which order, how often and for how much. */
export const ModelPlan = z.object({
  /** The control plane's time, by which periods are told whatever the host's clock says. */
  at: z.iso.datetime(),
  /** By the name the bot asks for; the first is its usual one. */
  models: z
    .array(
      z.object({
        name: z.string(),
        upstreams: z.array(PlannedUpstream).min(1),
        /** Asked for by turns of this channel alone, under a name of their own; `model` is what it is called elsewhere. */
        channel: z.object({ kind: z.string(), model: z.string() }).optional(),
      }),
    )
    .min(1),
  /** How often one upstream is asked again that is busy, in trouble or not to be reached. */
  retries: z.int().min(0).max(5),
  requestsPerMinute: z.int().min(1).optional(),
  tokensPerMinute: z.int().min(1).optional(),
  budgets: z.array(PlannedBudget),
  /** Limits that are drawn from; absent from a control plane of before: none. */
  shared: z.array(SharedBudget).default([]),
  /** Whether providers may live on private addresses; absent from a control plane of before: they may. */
  allowPrivate: z.boolean().default(true),
});
export type ModelPlan = z.infer<typeof ModelPlan>;

/** One model without rules: what a control plane of before sends. Accepted until the next minor version. */
const SingleUpstream = z.discriminatedUnion('provider', [
  z.object({ provider: z.literal('demo'), model: z.string() }),
  z.object({
    provider: z.enum(['openai-compatible', 'anthropic']),
    model: z.string(),
    baseUrl: z.string(),
    apiKey: z.string().optional(),
  }),
]);

export const ModelUpstream = z.union([ModelPlan, SingleUpstream]);
export type ModelUpstream = z.infer<typeof ModelUpstream>;

/** The plan in either shape. */
export function planOf(upstream: ModelUpstream): ModelPlan {
  if ('models' in upstream) return upstream;
  const { model } = upstream;
  const only = PlannedUpstream.parse(upstream);
  return {
    at: new Date().toISOString(),
    models: [{ name: model, upstreams: [only] }],
    retries: 0,
    budgets: [],
    shared: [],
    allowPrivate: true,
  };
}

/** One upstream of each connector in a plan, as credentials count them: the bot's own first, then who stands in. */
export function connectorsIn({ models: [usual] }: ModelPlan): PlannedUpstream[] {
  const upstreams = usual?.upstreams ?? [];
  const ids = upstreams.map(({ connectorId }) => connectorId);
  return upstreams.filter(({ connectorId }, index) => ids.indexOf(connectorId) === index);
}
