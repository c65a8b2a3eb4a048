import type { EventType } from '@clawster/contract/event';
import type { Tx } from '../transaction.ts';
import { type CommittedEvent, committedSince } from './event.queries.ts';

type Watch = { types: ReadonlySet<EventType>; tell: (event: CommittedEvent) => void };

/**
 * Tells of events of some types as soon as they are committed, each once and in no order: for what may not wait until a
 * transaction that began before them, of whomever, has ended.
 */
export class CommitWatch {
  readonly #watches = new Set<Watch>();
  /** What was committed then was told, or was before the first look. */
  #seen: string | undefined;

  /** Calls with every event of these types, of every workspace; returns how to stop. */
  add(types: ReadonlySet<EventType>, tell: Watch['tell']): () => void {
    const watch = { types, tell };
    this.#watches.add(watch);
    return () => this.#watches.delete(watch);
  }

  /** Tells what was committed since the look before. */
  async look(tx: Tx): Promise<void> {
    const types = new Set([...this.#watches].flatMap((watch) => [...watch.types]));
    const { events, snapshot } = await committedSince(tx, this.#seen, [...types]);
    this.#seen = snapshot;
    for (const event of events) for (const watch of this.#watches) if (watch.types.has(event.type)) watch.tell(event);
  }
}
