import { api } from '@clawster/contract/api';
import type { Span } from '@clawster/contract/trace';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { query } from '../query.ts';
import { readSpans, type TracedSpan } from './span.queries.ts';

const charactersMax = 20_000;

/** All of a trace that the caller reaches, of every bot that took part. */
export const getTrace = query(api.traces.get, async ({ tx, caller }, { traceId }) => {
  const where = sql`span.trace_id = ${traceId}`;
  const { spans: traced, more } = await readSpans(tx, caller, { where, charactersMax });
  const spans = traced.map(({ span }) => span);
  const [first] = spans;
  if (!first)
    throw new Refusal('not-found', 'There is no such trace among what you see; it may be older than it is kept');
  return {
    traceId,
    spans,
    more,
    startedAt: first.at,
    endedAt: new Date(Math.max(...spans.map(({ at, durationMs }) => Date.parse(at) + durationMs))).toISOString(),
    ...sumOf(traced.filter(({ isCall }) => isCall)),
  };
});

/** As the model gateway counted; what never passed it is told beside, not added. */
function sumOf(calls: TracedSpan[]) {
  const sum = (of: (span: Span) => number) => calls.reduce((total, { span }) => total + of(span), 0);
  return {
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cacheReadTokens: sum(({ cacheReadTokens }) => cacheReadTokens),
    cacheWriteTokens: sum(({ cacheWriteTokens }) => cacheWriteTokens),
    costUsd: sum(({ costUsd }) => costUsd ?? 0),
    unpriced: sum(({ unpriced }) => unpriced),
  };
}
