import type { EventFrame } from './protocol.ts';

/** `missed`: how many events before this one never came. */
export type EventListener = (event: EventFrame, missed: number) => void;

/** Those who listen to one connection. Each event is told once, and in the gateway's order. */
export function createListeners(): { add(listener: EventListener): () => void; tell(event: EventFrame): void } {
  const listeners = new Set<EventListener>();
  const place = orderEvents();
  return {
    add(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(event) {
      const { isNew, missed } = place(event.seq);
      if (isNew) for (const listener of listeners) listener(event, missed);
    },
  };
}

/** Whether an event is told on, and how many before it never came. */
export type Place = { isNew: boolean; missed: number };

/**
 * Places one connection's events by the numbers the gateway gives them: each is told on once and in its order. A number
 * that is not above the last one was heard already, or comes too late to be true any more. Numbers that are left out
 * are what a gateway does not send to who reads too slowly.
 */
export function orderEvents(): (number: number | undefined) => Place {
  let last: number | undefined;
  return (number) => {
    if (number === undefined) return { isNew: true, missed: 0 };
    const missed = last === undefined ? 0 : number - last - 1;
    if (missed < 0) return { isNew: false, missed: 0 };
    last = number;
    return { isNew: true, missed };
  };
}
