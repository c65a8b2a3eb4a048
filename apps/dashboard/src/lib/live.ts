import { follow } from '@clawster/client/follow';
import type { EventRecord } from '@clawster/contract/event';
import type { QueryClient } from '@tanstack/react-query';
import { client } from './client.ts';
import type { Noun } from './query.ts';

export type LiveState = 'connecting' | 'live' | 'polling';
type EventType = EventRecord['type'];

const pollEveryMs = 10_000;

/**
 * Keeps what is on the screen true: every event refreshes the queries of its nouns. While the stream is
 * down it asks every ten seconds instead, and once more when the stream is back.
 */
export async function keepLive(queryClient: QueryClient, signal: AbortSignal, tell: (state: LiveState) => void): Promise<void> {
  const refresh = refresher(queryClient, signal);
  let timer: ReturnType<typeof setInterval> | undefined;
  const stopPolling = () => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    refresh(allNouns);
  };
  const poll = () => {
    tell('polling');
    timer ??= setInterval(() => refresh(allNouns), pollEveryMs);
  };
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  try {
    const onTrouble = (trouble: Error | undefined) => (trouble ? poll() : (stopPolling(), tell('live')));
    tell('live');
    for await (const event of follow(client, { signal, onTrouble })) refresh(nounsOf(event.type));
  } catch {
    // The server refuses the stream (signed out, or no right to it): the next query says why.
    if (!signal.aborted) poll();
  }
}

const allNouns: Noun[] = ['bots', 'events', 'connectors', 'targets', 'runtimes', 'sessions', 'apiKeys', 'turns'];
const nounsByPrefix: Record<string, Noun[]> = {
  bot: ['bots', 'connectors', 'targets', 'runtimes'],
  connector: ['connectors', 'bots'],
  runtime: ['runtimes'],
  session: ['sessions'],
  api: ['apiKeys'],
  turn: ['turns'],
};

/** The nouns whose queries may read differently after an event of this type. */
export function nounsOf(type: EventType): Noun[] {
  const prefix = type.slice(0, type.indexOf('-'));
  return [...(nounsByPrefix[prefix] ?? []), 'events'];
}

/** Gathers nouns and refreshes them together, pausing in proportion to what a refresh costs, so that a busy fleet cannot drown the page. */
function refresher(queryClient: QueryClient, signal: AbortSignal): (nouns: Noun[]) => void {
  const waiting = new Set<Noun>();
  let busy = false;
  const run = async () => {
    busy = true;
    await pause(120);
    while (waiting.size > 0 && !signal.aborted) {
      const nouns = [...waiting];
      waiting.clear();
      const startedAt = performance.now();
      await Promise.all(nouns.map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
      await pause(Math.min(5_000, 3 * (performance.now() - startedAt)));
    }
    busy = false;
  };
  return (nouns) => {
    for (const noun of nouns) waiting.add(noun);
    if (!busy) void run();
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
