import type { Report, TelemetryBatch, TelemetryItem } from '@clawster/link/report';

export type Bounds = { itemsMax: number; bytesMax: number };
/** A batch stays below a quarter of the link's largest frame, whatever its items hold. */
const batchItemsMax = 500;
const batchBytesMax = 1024 * 1024;

/** What is kept whole at the head of the file. `offered` is the batch on its way, which may have been stored already. */
export type Snapshot = {
  epoch: number;
  nextSequence: number;
  dropped: number;
  offered?: Offered | undefined;
  marks: Record<string, unknown>;
};
/** How far something was read, by whose name; what is null is forgotten. */
export type Marks = Record<string, unknown>;
type Offered = { sequence: number; dropped: number };
type Held = { item: TelemetryItem; bytes: number };

/**
 * What the spool holds, and nothing of where. The same additions, offers and acknowledgements in the same order make the
 * same state: replayed from the disk it forgets what it forgot before, and a batch is offered again as it was.
 */
export class SpoolState {
  readonly epoch: number;
  nextSequence: number;
  #held: Held[] = [];
  #bytes = 0;
  #dropped: number;
  #offered: Offered | undefined;
  readonly #bounds: Bounds;
  readonly #marks = new Map<string, { value: unknown; bytes: number }>();
  #markBytes = 0;

  constructor(snapshot: Snapshot, bounds: Bounds) {
    this.epoch = snapshot.epoch;
    this.nextSequence = snapshot.nextSequence;
    this.#dropped = snapshot.dropped;
    this.#offered = snapshot.offered;
    this.#bounds = bounds;
    this.mark(snapshot.marks);
  }

  /** Of all that is kept. */
  get bytes(): number {
    return this.#bytes + this.#markBytes;
  }

  get marks(): Marks {
    return Object.fromEntries([...this.#marks].map(([key, { value }]) => [key, value]));
  }

  get items(): TelemetryItem[] {
    return this.#held.map(({ item }) => item);
  }

  /** How many items wait to be acknowledged, and since when; undefined when none does. */
  get waiting(): Report['spool'] {
    const oldest = this.#held[0];
    return oldest && { items: this.#held.length, oldestAt: oldest.item.at };
  }

  snapshot(): Snapshot {
    const { epoch, nextSequence, marks } = this;
    return { epoch, nextSequence, dropped: this.#dropped, offered: this.#offered, marks };
  }

  markOf(key: string): unknown {
    return this.#marks.get(key)?.value;
  }

  /** Marks are not bounded: whoever makes them forgets them. */
  mark(marks: Marks): void {
    for (const [key, value] of Object.entries(marks)) {
      this.#markBytes -= this.#marks.get(key)?.bytes ?? 0;
      this.#marks.delete(key);
      if (value === null || value === undefined) continue;
      const bytes = Buffer.byteLength(JSON.stringify({ [key]: value }));
      this.#marks.set(key, { value, bytes });
      this.#markBytes += bytes;
    }
  }

  /** Takes an item in; the oldest that are not on their way make room, and are counted. */
  add(item: TelemetryItem): void {
    const bytes = Buffer.byteLength(JSON.stringify(item));
    this.nextSequence = Math.max(this.nextSequence, item.sequence + 1);
    // What is larger than a batch could never be sent.
    if (bytes > batchBytesMax) {
      this.#dropped += 1;
      return;
    }
    this.#held.push({ item, bytes });
    this.#bytes += bytes;
    while (this.#held.length > this.#bounds.itemsMax || this.#bytes > this.#bounds.bytesMax) {
      // What is offered stays as it is, or its gap would be told twice.
      const [forgotten] = this.#held.splice(this.#offeredCount(), 1);
      if (!forgotten) break;
      this.#bytes -= forgotten.bytes;
      this.#dropped += 1;
    }
  }

  /** The batch on its way, or else the oldest of what is held; `isNew` when it was not offered before. */
  offer(): { batch: TelemetryBatch; offered: Offered; isNew: boolean } | undefined {
    const isNew = this.#offered === undefined;
    const count = isNew ? this.#nextCount() : this.#offeredCount();
    const items = this.#held.slice(0, count).map(({ item }) => item);
    const last = items.at(-1);
    if (!last) return undefined;
    const offered = this.#offered ?? { sequence: last.sequence, dropped: this.#dropped };
    this.offers(offered);
    return { batch: { epoch: this.epoch, items, dropped: offered.dropped }, offered, isNew };
  }

  /** Fixes what is on its way. */
  offers(offered: Offered): void {
    this.#offered = offered;
  }

  /** Forgets what was stored, and of the gap as much as was told with it. Returns whether anything changed. */
  acknowledge(sequence: number): boolean {
    const first = this.#held[0];
    if (!first || first.item.sequence > sequence) return false;
    while (this.#held[0] && this.#held[0].item.sequence <= sequence) this.#bytes -= this.#held.shift()?.bytes ?? 0;
    if (this.#offered && this.#offered.sequence <= sequence) {
      this.#dropped -= this.#offered.dropped;
      this.#offered = undefined;
    }
    return true;
  }

  #offeredCount(): number {
    const upTo = this.#offered?.sequence ?? 0;
    const beyond = this.#held.findIndex(({ item }) => item.sequence > upTo);
    return beyond === -1 ? this.#held.length : beyond;
  }

  #nextCount(): number {
    let bytes = 0;
    const full = this.#held.findIndex((one, index) => index >= batchItemsMax || (bytes += one.bytes) > batchBytesMax);
    return full === -1 ? this.#held.length : full;
  }
}
