import { afterAll, beforeAll, expect, test } from 'vitest';
import { getConversation } from './get-conversation.ts';
import { getTrace } from './get-trace.ts';
import { listConversations } from './list-conversations.ts';
import { told, type Told, tells } from './testing/told.ts';

let all: Told;
let [ada, bob, eve] = ['', '', ''];
const session = 'agent:main:telegram:42';
beforeAll(async () => {
  all = await told();
  [ada, bob, eve] = [
    await all.bot('Ada', { labels: { team: 'support' } }),
    await all.bot('Bob'),
    await all.bot('Eve', { workspaceId: all.theirs }),
  ];
  await all.tell(ada, [
    tells.in('in', 51, { traceId: 'run', characters: 19, text: { in: 'Where is my parcel?' } }),
    tells.turn('run', 50, { durationMs: 60_000, toolCalls: 1, modelCalls: 3, tools: ['read'] }),
    tells.call('same', 50, { ttfbMs: 300, priceVersion: '2026-11' }),
    tells.answer('same', 50, { traceId: 'run' }),
    tells.tool('t', 49.9, {
      traceId: 'run',
      parentId: 'run',
      name: 'read',
      outcome: 'failed',
      failure: 'No such file',
      characters: { in: 10, out: 0 },
    }),
    tells.call('other', 49.8),
    tells.answer('other', 49.8, { traceId: 'run', usage: { input: 107, output: 10 } }),
    tells.answer('unseen', 49.7, { traceId: 'run' }),
    tells.out('out', 49.6, { traceId: 'run', characters: 17, durationMs: 100 }),
    tells.turn('next', 20, { traceId: 'next' }),
  ]);
  await all.tell(bob, [
    tells.turn('delegated', 49.9, { traceId: 'run' }),
    tells.turn('own', 5, { session: 'b', channel: 'slack' }),
  ]);
  await all.tell(eve, [tells.turn('theirs', 40, { traceId: 'run', session: 'e' })], all.theirs);
});
afterAll(() => all.close());

const reader = () => all.caller(['telemetry:read', 'conversation:read']);
const support = () =>
  all.caller(
    [],
    [{ role: 'operator', permissions: new Set(['telemetry:read']), bots: { labels: { team: 'support' } } }],
  );

test('a trace is told across its bots, in order, each call once', async () => {
  const { spans, ...trace } = await getTrace(all.plane, reader(), { traceId: 'run' });
  expect(spans.map(({ id, kind, botName }) => [id, kind, botName])).toEqual([
    ['in', 'message-in', 'Ada'],
    ['run', 'turn', 'Ada'],
    ['same', 'model-call', 'Ada'],
    ...[
      ['t', 'tool-call', 'Ada'],
      ['delegated', 'turn', 'Bob'],
    ].toSorted(([one], [other]) => order(spans, one, other)),
    ['other', 'model-call', 'Ada'],
    ['answer-unseen', 'model-call', 'Ada'],
    ['out', 'message-out', 'Ada'],
  ]);
  expect(trace).toMatchObject({
    traceId: 'run',
    more: 0,
    inputTokens: 200,
    outputTokens: 20,
    cacheReadTokens: 6,
    costUsd: 1,
  });
  expect(spans[0]).toMatchObject({ characters: { in: 19 }, text: { in: 'Where is my parcel?' } });
  expect(spans[2]).toMatchObject({
    provider: 'demo',
    tries: 1,
    ttfbMs: 300,
    priceVersion: '2026-11',
    costUsd: 0.5,
    parentId: 'run',
  });
});

const order = (spans: { id: string }[], one = '', other = '') =>
  spans.findIndex(({ id }) => id === one) - spans.findIndex(({ id }) => id === other);

test('what OpenClaw counted otherwise is shown, not hidden', async () => {
  const { spans } = await getTrace(all.plane, reader(), { traceId: 'run' });
  expect(spans.flatMap(({ id, difference }) => (difference ? [[id, difference]] : []))).toEqual([
    ['other', { openclaw: { inputTokens: 107, outputTokens: 10 }, why: expect.stringContaining('other tokens') }],
    [
      'answer-unseen',
      {
        openclaw: { inputTokens: 100, outputTokens: 10 },
        why: expect.stringContaining('never passed the model gateway'),
      },
    ],
  ]);
});

test('of a trace that goes beyond reach, what is within is told', async () => {
  const { spans } = await getTrace(all.plane, support(), { traceId: 'run' });
  expect(new Set(spans.map(({ botId }) => botId))).toEqual(new Set([ada]));
  expect(spans.some(({ text }) => text)).toBe(false);
});

test('a very long trace says how much of it is not told', async () => {
  const many = Array.from({ length: 2_010 }, (_, index) =>
    tells.tool(`many-${index}`, 30, { traceId: 'long', name: 'read' }),
  );
  await all.tell(bob, many);
  const { spans, more } = await getTrace(all.plane, reader(), { traceId: 'long' });
  expect({ told: spans.length, more }).toEqual({ told: 2_000, more: 10 });
});

test.each([
  ['a trace', () => getTrace(all.plane, reader(), { traceId: 'nothing' }), 'no such trace'],
  ['a trace of bots beyond reach', () => getTrace(all.plane, support(), { traceId: 'own' }), 'no such trace'],
  [
    'a conversation',
    () => getConversation(all.plane, reader(), { botId: ada, session: 'nothing' }),
    'no such conversation',
  ],
  [
    'a conversation of another workspace',
    () => getConversation(all.plane, reader(), { botId: eve, session: 'e' }),
    'no such conversation',
  ],
  [
    'a conversation beyond reach',
    () => getConversation(all.plane, support(), { botId: bob, session: 'b' }),
    'no such bot',
  ],
])('%s that is not there is refused in a sentence', async (_, asked, why) => {
  await expect(asked()).rejects.toThrow(why);
});

test('conversations are told, those last heard of first', async () => {
  const { items } = await listConversations(all.plane, reader(), {});
  expect(items.map(({ botName, session: key, turns }) => [botName, key, turns])).toEqual([
    ['Bob', 'b', 1],
    ['Ada', session, 2],
    ['Bob', session, 1],
  ]);
  const slack = await listConversations(all.plane, reader(), { channel: 'slack' });
  expect(slack.items.map(({ session: key }) => key)).toEqual(['b']);
  expect((await listConversations(all.plane, support(), {})).items.map(({ botId }) => botId)).toEqual([ada]);
});

test('conversations are paged', async () => {
  const first = await listConversations(all.plane, reader(), { limit: 2 });
  const second = await listConversations(all.plane, reader(), { limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ botName }) => botName)).toEqual(['Bob', 'Ada', 'Bob']);
  expect(second.nextCursor).toBeUndefined();
});

test('a conversation is told turn by turn, each with what happened in it', async () => {
  const { conversation, items, nextCursor } = await getConversation(all.plane, reader(), {
    botId: ada,
    session,
    limit: 1,
  });
  expect(conversation).toMatchObject({ botName: 'Ada', channel: 'telegram', turns: 2, failed: 0 });
  expect(items.map(({ id }) => id)).toEqual(['next']);
  const second = await getConversation(all.plane, reader(), { botId: ada, session, limit: 1, cursor: nextCursor });
  expect(second.items[0]?.spans.map(({ id }) => id)).toEqual(['in', 'same', 't', 'other', 'answer-unseen', 'out']);
  expect(second.nextCursor).toBeUndefined();
});
