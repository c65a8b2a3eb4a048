import type { EventRecord } from '@clawster/contract/event';
import { expect, test } from 'vitest';
import { createClient } from './client.ts';
import { follow } from './follow.ts';
import { ProblemError } from './problem-error.ts';

const eventOf = (id: string) => ({
  id,
  at: '2026-01-01T00:00:00Z',
  type: 'bot-created',
  actor: { kind: 'system', job: 'test' },
  detail: {},
});
const streamOf = (...ids: string[]) =>
  new Response(ids.map((id) => `id: ${id}\ndata: ${JSON.stringify(eventOf(id))}\n\n`).join(''), {
    headers: { 'content-type': 'text/event-stream' },
  });
const refusal = (code: string, status: number) =>
  Response.json({ type: 'about:blank', title: code, status, code, detail: `It is ${code}.` }, { status });

/** A client whose server gives these answers in turn, and the `Last-Event-ID` of each request. */
function clientWith(answers: (() => Response)[]) {
  const lastEventIds: (string | null)[] = [];
  const fetch = async (_: unknown, request?: RequestInit) => {
    lastEventIds.push(new Headers(request?.headers).get('last-event-id'));
    const answer = answers.shift();
    if (!answer) throw new TypeError('fetch failed');
    return answer();
  };
  return { lastEventIds, client: createClient({ baseUrl: 'http://test', fetch: fetch as typeof globalThis.fetch }) };
}

async function take(events: AsyncIterable<EventRecord>, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const event of events) if (ids.push(event.id) === count) break;
  return ids;
}

test('goes on after the last event seen when the connection ends', async () => {
  const { client, lastEventIds } = clientWith([
    () => streamOf('1', '2'),
    () => refusal('unavailable', 503),
    () => streamOf('3'),
  ]);
  expect(await take(follow(client, { pauseMs: 1 }), 3)).toEqual(['1', '2', '3']);
  expect(lastEventIds).toEqual([null, '2', '2']);
});

test('tells when the connection is lost and when it is back', async () => {
  const told: (string | undefined)[] = [];
  const { client } = clientWith([() => refusal('unavailable', 503), () => streamOf('1')]);
  await take(follow(client, { pauseMs: 1, onTrouble: (trouble) => told.push(trouble?.message) }), 1);
  expect(told).toEqual(['It is unavailable.', undefined]);
});

test('throws when the server refuses, for waiting does not help', async () => {
  const { client } = clientWith([() => refusal('not-signed-in', 401)]);
  await expect(take(follow(client, { pauseMs: 1 }), 1)).rejects.toBeInstanceOf(ProblemError);
});

test('ends when the caller aborts, also while it waits to reconnect', async () => {
  const { client } = clientWith([]);
  expect(await take(follow(client, { signal: AbortSignal.timeout(30), pauseMs: 60_000 }), 1)).toEqual([]);
});
