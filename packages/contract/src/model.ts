import { z } from 'zod';
import { Id, PageInput, Timestamp } from './page.ts';

export const ModelId = z.string().trim().min(1, 'Name the model, as the provider spells it').max(200);

const Usd = z.number().min(0, 'A price is not below zero').max(100_000);

const rates = { input: Usd, output: Usd, cacheRead: Usd.optional(), cacheWrite: Usd.optional() };

/** US dollars for a million tokens. What a cache costs is the price of input where it is not said. */
export const ModelPrice = z.object({
  ...rates,
  /** What a call costs whose prompt, caches included, has more tokens than `above`. */
  long: z.object({ above: z.int().min(1), ...rates }).optional(),
  /** The day of which the price is. */
  asOf: z.iso.date(),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** A model of a provider: what it can, and what it costs. No price is an unknown one, never a free one. */
export const ConnectorModel = z.object({
  id: ModelId,
  contextWindow: z.int().min(1_000).max(20_000_000).optional(),
  maxTokens: z.int().min(1).max(2_000_000).optional(),
  inputs: z
    .array(z.enum(['text', 'image']))
    .min(1)
    .default(['text']),
  price: ModelPrice.optional(),
});
export type ConnectorModel = z.infer<typeof ConnectorModel>;

/** What becomes of a call that a provider cannot take, and how much a bot may ask. */
export const ModelRules = z.object({
  /** How often a provider is asked again that is busy, in trouble or not to be reached. */
  retries: z.int().min(0).max(5).default(2),
  /** Who stands in, in this order, when the provider cannot. */
  fallbacks: z
    .array(z.object({ connectorId: Id, model: ModelId }))
    .max(5)
    .default([]),
  /** Of each bot. */
  requestsPerMinute: z.int().min(1).max(100_000).optional(),
  tokensPerMinute: z.int().min(1).max(1_000_000_000).optional(),
  /** What each bot may spend in a day or a month, of UTC. */
  budget: z.object({ usd: z.number().min(0).max(1_000_000), period: z.enum(['day', 'month']) }).optional(),
});
export type ModelRules = z.infer<typeof ModelRules>;

/** Tokens of a call, each in one bucket; reasoning is part of the output. */
export const ModelTokens = z.object({
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheReadTokens: z.int().default(0),
  cacheWriteTokens: z.int().default(0),
  reasoningTokens: z.int().optional(),
});

/** One call of a bot's to a model, as its supervisor kept it. */
export const ModelCall = z.object({
  id: z.string(),
  startedAt: Timestamp,
  /** As the bot asked for it; `upstreamModel` is what the provider was asked for. */
  model: z.string(),
  upstreamModel: z.string().optional(),
  provider: z.string(),
  connectorId: z.string().optional(),
  /** Which of the providers in order answered, from 0. */
  upstream: z.int().optional(),
  tries: z.int(),
  outcome: z.enum(['answered', 'failed', 'refused', 'aborted']),
  failure: z.string().optional(),
  /** What the provider counted; absent when it did not say, and then `estimated` is what was counted beside it. */
  usage: ModelTokens.optional(),
  estimated: ModelTokens.optional(),
  costUsd: z.number().optional(),
  priceVersion: z.string().optional(),
  ttfbMs: z.number().optional(),
  durationMs: z.number(),
  responseId: z.string().optional(),
  /** Where OpenClaw used the answer; absent where it was asked by nobody, as when a bot's model is proven. */
  sessionKey: z.string().optional(),
  /** OpenClaw's run; of a turn that was started here, it is the turn's id. */
  runId: z.string().optional(),
  channel: z.string().optional(),
});
export type ModelCall = z.infer<typeof ModelCall>;

/** What all calls of one model come to. */
export const ModelTotal = ModelTokens.required({ reasoningTokens: true }).extend({
  model: z.string(),
  calls: z.int(),
  failed: z.int(),
  /** Of `calls`, those whose tokens are estimated. */
  estimated: z.int(),
  costUsd: z.number(),
  /** Of `calls`, those that took tokens at no known price: they are missing in `costUsd`. */
  unpriced: z.int(),
});
export type ModelTotal = z.infer<typeof ModelTotal>;

export const ListModelCalls = PageInput.extend({ botId: Id, since: Timestamp.optional() });
export type ListModelCalls = z.infer<typeof ListModelCalls>;
