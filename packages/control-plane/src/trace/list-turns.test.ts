import type { ListTurns } from '@clawster/contract/trace';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { readAs } from '../query.ts';
import { listTurns } from './list-turns.ts';
import { ago, told, type Told, tells } from './testing/told.ts';

let all: Told;
let [ada, bob, eve] = ['', '', ''];
beforeAll(async () => {
  all = await told();
  [ada, bob, eve] = [
    await all.bot('Ada', { labels: { team: 'support' } }),
    await all.bot('Bob'),
    await all.bot('Eve', { workspaceId: all.theirs }),
  ];
  await all.tell(ada, [
    tells.turn('parcel', 50, {
      durationMs: 4_000,
      person: { id: 'p-1', name: 'Grace' },
      tools: ['read', 'exec'],
      toolCalls: 3,
      modelCalls: 2,
      text: { in: 'Where is my parcel?', out: 'At the lighthouse' },
    }),
    tells.tool('read-1', 50, { name: 'read', traceId: 'parcel' }),
    tells.call('c1', 50),
    tells.call('c2', 49, { costUsd: undefined }),
    tells.answer('c1', 50, { traceId: 'parcel' }),
    tells.answer('c2', 49, { traceId: 'parcel' }),
    tells.turn('refund', 40, {
      outcome: 'failed',
      failure: 'The model did not answer',
      channel: 'slack',
      session: 's',
    }),
  ]);
  await all.tell(bob, [
    tells.turn('weather', 30, { text: { in: 'Will the parcel get wet?' }, tools: ['read'], toolCalls: 1 }),
    tells.tool('read-2', 30, { name: 'read', traceId: 'weather' }),
    tells.turn('long-ago', 60 * 24 * 9, { tools: ['exec'], toolCalls: 1 }),
    tells.tool('exec-1', 60 * 24 * 9, { name: 'exec', traceId: 'long-ago' }),
  ]);
  await all.tell(eve, [tells.turn('secret', 20, { tools: ['read'], text: { in: 'A parcel of theirs' } })], all.theirs);
});
afterAll(() => all.close());

const reader = () => all.caller(['telemetry:read', 'conversation:read']);
const ask = (input: z.input<typeof ListTurns> = {}, who = reader()) => listTurns(all.plane, who, input);
const idsOf = async (input: z.input<typeof ListTurns>, who = reader()) =>
  (await ask(input, who)).items.map(({ id }) => id);

test('what a turn took is told with it, and what was said', async () => {
  expect((await ask()).items.at(-1)).toEqual({
    id: 'parcel',
    traceId: 'parcel',
    botId: ada,
    botName: 'Ada',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    durationMs: 4_000,
    outcome: 'ok',
    session: 'agent:main:telegram:42',
    channel: 'telegram',
    person: { id: 'p-1', name: 'Grace' },
    tools: ['read', 'exec'],
    toolCalls: 3,
    modelCalls: 2,
    inputTokens: 200,
    outputTokens: 20,
    cacheReadTokens: 6,
    cacheWriteTokens: 0,
    costUsd: 0.5,
    unpriced: 1,
    text: { in: 'Where is my parcel?', out: 'At the lighthouse' },
  });
});

const month = () => ({ from: ago(60 * 24 * 30) });
test.each([
  ['the last day is told, the latest first', () => ({}), ['weather', 'refund', 'parcel']],
  ['a longer time, when it is asked for', month, ['weather', 'refund', 'parcel', 'long-ago']],
  ['a bot', () => ({ botId: ada }), ['refund', 'parcel']],
  ['a channel', () => ({ channel: 'slack' }), ['refund']],
  ['a conversation', () => ({ session: 's', botId: ada }), ['refund']],
  ['what failed', () => ({ outcome: 'not-ok' as const }), ['refund']],
  ['how it ended', () => ({ outcome: 'ok' as const }), ['weather', 'parcel']],
  ['a tool', () => ({ tool: 'read' }), ['weather', 'parcel']],
  ['a tool of one bot', () => ({ tool: 'read', botId: bob }), ['weather']],
  ['a tool that was used here and long ago', () => ({ ...month(), tool: 'exec' }), ['long-ago']],
  ['a tool nobody has', () => ({ ...month(), tool: 'write' }), []],
  ['words of question or answer', () => ({ search: 'lighthouse parcel' }), ['parcel']],
  ['a word of several', () => ({ search: 'PARCEL' }), ['weather', 'parcel']],
  ['a word and a tool', () => ({ search: 'parcel', tool: 'exec' }), ['parcel']],
  ['a bot of another workspace has none', () => ({ botId: eve }), []],
])('turns are filtered by %s', async (_, input, ids) => expect(await idsOf(input())).toEqual(ids));

test('a text is found by the index of its words, behind the wall', async () => {
  const plan = await readAs(all.plane, { workspaceId: all.ours }, async (tx) => {
    await sql`select set_config('clawster.words', 'lighthouse', true), set_config('enable_seqscan', 'off', true)`.execute(
      tx,
    );
    return sql`explain select from span_text`.execute(tx);
  });
  expect(JSON.stringify(plan.rows).includes('words_idx')).toBe(true);
});

describe('who may not read conversations', () => {
  const watcher = () => all.caller(['telemetry:read']);
  test('sees what was done, and nothing of what was said', async () => {
    const { items } = await ask({}, watcher());
    expect(items.map(({ id, text }) => ({ id, text }))).toEqual([
      { id: 'weather' },
      { id: 'refund' },
      { id: 'parcel' },
    ]);
  });

  test('is told so when looking for words', async () => {
    await expect(ask({ search: 'parcel' }, watcher())).rejects.toThrow('the permission conversation:read');
  });

  test('of some bots, finds words of the others alone', async () => {
    const support = {
      role: 'operator' as const,
      permissions: new Set(['conversation:read' as const]),
      bots: { botId: bob },
    };
    const some = all.caller(['telemetry:read'], [support]);
    expect(await idsOf({ search: 'parcel' }, some)).toEqual(['weather']);
    expect((await ask({}, some)).items.filter(({ text }) => text).map(({ id }) => id)).toEqual(['weather']);
  });
});

test('who reaches some bots sees the turns of those', async () => {
  const some = all.caller(
    [],
    [
      {
        role: 'operator',
        permissions: new Set(['telemetry:read', 'conversation:read']),
        bots: { labels: { team: 'support' } },
      },
    ],
  );
  expect(await idsOf(month(), some)).toEqual(['refund', 'parcel']);
  expect(await idsOf({ search: 'parcel' }, some)).toEqual(['parcel']);
  expect(await idsOf({ tool: 'read' }, some)).toEqual(['parcel']);
  await expect(ask({ botId: bob }, some)).rejects.toThrow('There is no such bot');
});

test('who may not see telemetry is refused', async () => {
  await expect(ask({}, all.caller(['bot:read']))).rejects.toThrow('telemetry:read');
});

test.each([
  [
    'a range that ends before it begins',
    { from: '2026-11-27T00:00:00Z', to: '2026-11-26T00:00:00Z' },
    'ends before it begins',
  ],
  ['a range of years', { from: '2020-11-27T00:00:00Z' }, 'longer than 400 days'],
  ['a cursor of another list', { cursor: 'bm90aGluZw' }, 'start again without it'],
])('%s is refused in a sentence', async (_, input, why) => {
  await expect(ask(input)).rejects.toThrow(why);
});

test('page by page nothing is lost or told twice, while new turns come and many began at once', async () => {
  const carl = await all.bot('Carl');
  const at = ago(10);
  await all.tell(
    carl,
    Array.from({ length: 25 }, (_, index) => tells.turn(`t${index}`, 0, { startedAt: at, tools: ['dig'] })),
  );
  await all.tell(carl, [tells.tool('dig-1', 10, { name: 'dig' })]);
  const seen: string[] = [];
  let cursor: string | undefined;
  let page = 0;
  do {
    const found = await ask({ botId: carl, limit: 4, cursor });
    seen.push(...found.items.map(({ id }) => id));
    cursor = found.nextCursor;
    await all.tell(carl, [tells.turn(`later-${(page += 1)}`, 0)]);
  } while (cursor);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
});
