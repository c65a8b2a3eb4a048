import type { EventRecord } from '@clawster/contract/event';
import type { Client } from './client.ts';
import { ProblemError } from './problem-error.ts';

export type FollowOptions = {
  signal?: AbortSignal;
  /** Begins after this event instead of now. */
  lastEventId?: string;
  /** Told each time the connection is lost, and again (`undefined`) when it is back. */
  onTrouble?: (trouble: Error | undefined) => void;
  /** The first pause between attempts; it doubles up to 15 s. */
  pauseMs?: number;
};

/** The server sends a heartbeat every 15 s; three missed ones mean a dead connection. */
const silenceMsMax = 45_000;
const pauseMsMax = 15_000;

/**
 * Every event from now on, each once and in order, across lost connections: it reconnects after the last
 * one seen. Ends when the signal aborts; throws when the server refuses, for then waiting does not help.
 */
export async function* follow(client: Client, options: FollowOptions = {}): AsyncGenerator<EventRecord> {
  const { signal, onTrouble, pauseMs = 500 } = options;
  let lastEventId = options.lastEventId;
  let failures = 0;
  while (!signal?.aborted) {
    try {
      for await (const event of streamAfter(client, lastEventId, signal)) {
        if (failures > 0) onTrouble?.(undefined);
        failures = 0;
        lastEventId = event.id;
        yield event;
      }
    } catch (error) {
      if (isFinal(error, signal)) return;
      onTrouble?.(error as Error);
    }
    await pause(jittered(Math.min(pauseMs * 2 ** failures, pauseMsMax)), signal);
    failures += 1;
  }
}

function streamAfter(client: Client, lastEventId: string | undefined, signal: AbortSignal | undefined) {
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return client.events.stream({}, { headers, silenceMsMax, ...(signal ? { signal } : {}) });
}

/** True when the caller wants no more; throws what trying again would not mend. */
function isFinal(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted) return true;
  if (isPassing(error)) return false;
  throw error;
}

function isPassing(error: unknown): boolean {
  return (
    !(error instanceof ProblemError) ||
    error.code === 'unavailable' ||
    error.code === 'trouble' ||
    error.code === 'too-many'
  );
}

/** Spread out, so that a thousand listeners do not return in the same instant. */
function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
  });
}
