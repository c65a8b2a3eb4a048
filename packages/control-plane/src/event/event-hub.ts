import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { CommitWatch } from './commit-watch.ts';
import { beginning, type Cursor, isAfter } from './cursor.ts';
import { eventsAfter, settledEnd, type StoredEvent } from './event.queries.ts';
import { Listener } from './listener.ts';
import { frameOf, type StreamFrame } from './stream-frame.ts';

type Ringed = { cursor: Cursor; workspaceId: string; frame: StreamFrame };

const limits = { ring: 2_000, batch: 500, queue: 1_000 };
/** Other replicas' events are found by looking; our own wake us. */
const lookEveryMs = 500;
/** A transaction still open hides what committed after it began: soon after a wake it is worth a second look. */
const secondLookMs = 20;
/** Between two looks at least: what is committed in a burst is read together. */
const paceMs = 10;

/** Reads what is committed once for the whole process and hands it to every listener of its workspace, in order. */
export class EventHub {
  readonly #plane: Pick<ControlPlane, 'db' | 'log'>;
  readonly #listeners = new Set<Listener>();
  /** For what the server itself must notice, whatever else is under way in the database. */
  readonly committed = new CommitWatch();
  #ring: Ringed[] = [];
  #position: Cursor = beginning;
  #wake: (() => void) | undefined;
  #woken = false;
  #stopped = new AbortController();
  #started: Promise<void> | undefined;
  #handedOut = 0;

  constructor(plane: Pick<ControlPlane, 'db' | 'log'>) {
    this.#plane = plane;
  }

  /** Everything up to here was handed out. */
  get position(): Cursor {
    return this.#position;
  }

  /** Aborted when this process stops handing out. */
  get ended(): AbortSignal {
    return this.#stopped.signal;
  }

  /** How many events were handed out since the start. */
  get handedOut(): number {
    return this.#handedOut;
  }

  /** Begins to look, from now on; the first listener does it too. */
  start(): Promise<void> {
    return (this.#started ??= systemQuery(this.#plane, async (tx) => {
      await this.committed.look(tx);
      return settledEnd(tx);
    }).then((end) => {
      this.#position = end;
      void this.#look();
    }));
  }

  stop(): void {
    this.#stopped.abort();
    this.wake();
  }

  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** What was handed out after this place, or undefined when the ring does not reach back so far. */
  since(after: Cursor, workspaceId: string): StreamFrame[] | undefined {
    const [oldest] = this.#ring;
    const reachesBack = !isAfter(this.#position, after) || (oldest && !isAfter(oldest.cursor, after));
    if (!reachesBack) return undefined;
    return this.#ring
      .filter((ringed) => ringed.workspaceId === workspaceId && isAfter(ringed.cursor, after))
      .map(({ frame }) => frame);
  }

  /** Adds a listener; between this and `since`, called without awaiting in between, nothing is lost or told twice. */
  join(workspaceId: string): Listener {
    const listener = new Listener(workspaceId, limits.queue);
    this.#listeners.add(listener);
    return listener;
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  async #look(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const next = sleep(paceMs);
      try {
        while ((await this.#readOnce()) === limits.batch);
      } catch (error) {
        if (!signal.aborted)
          this.#plane.log('warn', 'The event stream could not read the database', { error: String(error) });
      }
      await this.#untilWoken();
      await next;
    }
  }

  async #readOnce(): Promise<number> {
    const events = await systemQuery(this.#plane, async (tx) => {
      await this.committed.look(tx);
      return eventsAfter(tx, this.#position, { limit: limits.batch });
    });
    for (const event of events) this.#tell(event);
    return events.length;
  }

  #tell({ cursor, workspaceId, record }: StoredEvent): void {
    const frame = frameOf(record);
    this.#position = cursor;
    this.#handedOut += 1;
    this.#ring.push({ cursor, workspaceId, frame });
    if (this.#ring.length > limits.ring * 1.5) this.#ring = this.#ring.slice(-limits.ring);
    for (const listener of this.#listeners) if (listener.workspaceId === workspaceId) listener.push(frame);
  }

  async #untilWoken(): Promise<void> {
    const wasWoken = this.#woken;
    this.#woken = false;
    const timer = new AbortController();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([
      woken,
      sleep(wasWoken ? secondLookMs : lookEveryMs, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    this.#wake = undefined;
  }
}

const hubs = new WeakMap<ControlPlane['db'], EventHub>();

/** The one hub of this process's plane. */
export function eventHubOf(plane: Pick<ControlPlane, 'db' | 'log'>): EventHub {
  let hub = hubs.get(plane.db);
  if (!hub) hubs.set(plane.db, (hub = new EventHub(plane)));
  return hub;
}
