import type { SpanKind } from '@clawster/contract/trace';

/** The colour of each kind in a waterfall; a word stands beside it everywhere. */
export const spanColours: Record<SpanKind, string> = {
  turn: 'var(--series-1)',
  'model-call': 'var(--series-2)',
  'tool-call': 'var(--series-3)',
  delegation: 'var(--series-4)',
  'message-in': 'var(--series-5)',
  'message-out': 'var(--series-6)',
};
