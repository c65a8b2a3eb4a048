/** One part of a stream, already in its wire form, so that a thousand listeners cost one serialisation. */
export class StreamFrame {
  readonly id: string | undefined;
  /** Absent: a plain message. */
  readonly event: string | undefined;
  readonly json: string;

  constructor(json: string, options: { id?: string; event?: string } = {}) {
    this.json = json;
    this.id = options.id;
    this.event = options.event;
  }
}

/** Tells a listener that fell behind, or came back after too long, to read everything anew. */
export const resync = new StreamFrame('{}', { event: 'resync' });
