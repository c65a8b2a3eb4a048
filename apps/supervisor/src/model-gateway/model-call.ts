import { randomUUID } from 'node:crypto';
import type { PlannedUpstream } from '@clawster/link/model-plan';
import { costOf } from './cost.ts';
import type { Dialect } from './dialect.ts';
import type { AnswerFacts } from './read-answer.ts';
import type { TokenUsage } from './usage.ts';

/** One call of the bot's to a model, as it is kept: who answered, what it took and what it cost. Never what was said. */
export type ModelCall = {
  id: string;
  /** What OpenClaw calls all calls of one run, and none of another, in its traces. */
  otelTraceId?: string;
  /** In the control plane's time. */
  startedAt: string;
  /** As the bot asked for it; `upstreamModel` is what the provider was asked for. */
  model: string;
  provider: string;
  dialect?: Dialect;
  connectorId?: string;
  /** Of the turn it was made for, where the bot's model has a name of its own for it. */
  channel?: string;
  upstreamModel?: string;
  /** Which of the plan's upstreams answered, from 0; how many requests went out in all. */
  upstream?: number;
  tries: number;
  /** The provider's own id of its answer, by which OpenClaw's message of it is found. */
  responseId?: string;
  ok: boolean;
  outcome: 'answered' | 'failed' | 'refused' | 'aborted';
  failure?: string;
  /** What the provider counted; absent when it did not say, and then `estimated` is what was counted here. */
  usage?: TokenUsage;
  estimated?: TokenUsage;
  /** In US dollars, of `usage` or else of `estimated`; absent where nobody said a price. */
  costUsd?: number;
  priceVersion?: string;
  ttfbMs?: number;
  durationMs: number;
};

/** A call that begins: nothing of it is known but when, and what it belongs to by its W3C `traceparent`. */
export function beginCall(startedAt: Date, traceparent?: string | string[]): ModelCall {
  const otelTraceId = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(String(traceparent))?.[1];
  return {
    id: randomUUID(),
    ...(otelTraceId === undefined ? {} : { otelTraceId }),
    startedAt: startedAt.toISOString(),
    model: '',
    provider: '',
    tries: 0,
    ok: true,
    outcome: 'answered',
    durationMs: 0,
  };
}

/** Writes down who is asked. */
export function noteUpstream(call: ModelCall, upstream: PlannedUpstream, tries: number): void {
  const { provider, model, connectorId } = upstream;
  Object.assign(call, { provider, upstreamModel: model, tries, ...(connectorId ? { connectorId } : {}) });
}

/**
 * Writes down what the answer took. Of one that was broken off the provider has said at most the beginning: what it said
 * is the least it was.
 */
export function noteAnswer(
  call: ModelCall,
  facts: AnswerFacts,
  { upstream, askedBytes }: { upstream: PlannedUpstream; askedBytes: number },
): void {
  if (facts.responseId !== undefined) call.responseId = facts.responseId;
  const isWhole = call.outcome !== 'aborted';
  if (facts.usage && isWhole) call.usage = facts.usage;
  else call.estimated = estimate(facts, askedBytes);
  const billed = upstream.provider === 'openrouter' ? facts.billedUsd : undefined;
  const costUsd = billed ?? costOf(call.usage ?? call.estimated ?? noTokens, upstream.price);
  if (costUsd === undefined) return;
  call.costUsd = costUsd;
  call.priceVersion = billed === undefined ? (upstream.price?.version ?? '') : 'billed by the provider';
}

/** How many tokens a limit counts. */
export function tokensOf({ usage, estimated }: ModelCall): number {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage ?? estimated ?? noTokens;
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}

const noTokens: TokenUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Four bytes a token, the usual rule of thumb; of a stream an event a token. */
function estimate({ usage, events, bytes }: AnswerFacts, askedBytes: number): TokenUsage {
  const said = events > 0 ? events : Math.ceil(bytes / 4);
  if (usage) return { ...usage, outputTokens: Math.max(usage.outputTokens, said) };
  return { ...noTokens, inputTokens: Math.ceil(askedBytes / 4), outputTokens: said };
}
