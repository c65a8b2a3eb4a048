import type { EventRecord } from '@clawster/contract/event';

/** One part of a stream, already in its wire form, so that a thousand listeners cost one serialisation. */
export class StreamFrame {
  readonly id: string | undefined;
  /** Absent: a plain message. */
  readonly event: string | undefined;
  readonly json: string;
  /** What the event is about, for those who are told of some bots only. */
  readonly subjectId: string | undefined;

  constructor(json: string, options: { id?: string; event?: string; subjectId?: string | undefined } = {}) {
    this.json = json;
    this.id = options.id;
    this.event = options.event;
    this.subjectId = options.subjectId;
  }
}

export function frameOf(record: EventRecord): StreamFrame {
  return new StreamFrame(JSON.stringify(record), { id: record.id, subjectId: record.subjectId });
}

/** Tells a listener that fell behind, or came back after too long, to read everything anew. */
export const resync = new StreamFrame('{}', { event: 'resync' });
