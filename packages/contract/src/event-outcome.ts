import type { EventOutcome, EventRecord } from './event.ts';

/** What came of it, by what the event says itself. */
export function outcomeOf({ type, detail }: Pick<EventRecord, 'type' | 'detail'>): EventOutcome {
  if (type.endsWith('-refused')) return 'refused';
  return type.endsWith('-phase-changed') && detail['to'] === 'failed' ? 'failed' : 'done';
}
