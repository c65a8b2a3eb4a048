import type { Span, Trace } from '@clawster/contract/trace';

export type TraceRow = {
  span: Span;
  /** How many pieces it is inside of. */
  depth: number;
  /** After the beginning of the trace. */
  startMs: number;
};

/**
 * The pieces of a trace as they are shown: each beneath what it is a part of, of whichever bot, and in the order in which
 * they began. What says it belongs to something that is not there, or to itself, stands by itself: nothing is left out.
 */
export function traceRows({ spans, startedAt }: Pick<Trace, 'spans' | 'startedAt'>): TraceRow[] {
  const began = Date.parse(startedAt);
  const inOrder = spans.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || rank(one) - rank(other));
  const byId = Map.groupBy(spans, ({ id }) => id);
  const parts = Map.groupBy(inOrder, (span) => parentOf(span, byId));
  const rows: TraceRow[] = [];
  const placed = new Set<Span>();
  const place = (span: Span, depth: number): void => {
    if (placed.has(span)) return;
    placed.add(span);
    rows.push({ span, depth, startMs: Math.max(0, Date.parse(span.at) - began) });
    for (const part of parts.get(span) ?? []) place(part, depth + 1);
  };
  for (const span of parts.get(undefined) ?? []) place(span, 0);
  for (const span of inOrder) place(span, 0);
  return rows;
}

/** Ids are a bot's own: another bot's piece is meant only where its own has none of that id. */
function parentOf(span: Span, byId: Map<string, Span[]>): Span | undefined {
  const named = span.parentId === undefined ? [] : (byId.get(span.parentId) ?? []);
  return named.find(({ botId }) => botId === span.botId) ?? named[0];
}

const order: Span['kind'][] = ['message-in', 'turn', 'model-call', 'delegation', 'tool-call', 'message-out'];

/** Of what began in the same moment. */
function rank({ kind }: Span): number {
  return order.indexOf(kind);
}
