import { afterAll, beforeAll, expect, test } from 'vitest';
import { ago, told, type Told, tells } from '../trace/testing/told.ts';
import { crossCheck } from './cross-check.ts';
import { listLoops } from './list-loops.ts';
import { messageUse } from './message-use.ts';
import { toolUse } from './tool-use.ts';

let all: Told;
let [ada, bob] = ['', ''];
const day = 60 * 24;
const month = () => ({ from: ago(day * 30) });
beforeAll(async () => {
  all = await told();
  [ada, bob] = [await all.bot('Ada'), await all.bot('Bob', { labels: { team: 'support' } })];
  const eve = await all.bot('Eve', { workspaceId: all.theirs });
  const tools = (count: number, id: string, more: Record<string, unknown>) =>
    Array.from({ length: count }, (_, index) =>
      tells.tool(`${id}-${index}`, 15, { traceId: id, name: 'read', ...more }),
    );
  await all.tell(ada, [
    ...[1, 2, 3].flatMap((n) => [
      tells.in(`in-${n}`, 30),
      tells.turn(`turn-${n}`, 30, { durationMs: 1_000 }),
      tells.out(`out-${n}`, 29),
    ]),
    tells.in('in-4', 20),
    tells.turn('turn-4', 20, { outcome: 'failed', durationMs: 60_000 }),
    tells.in('in-old', day * 10),
    tells.turn('old', day * 10, { durationMs: 1_000 }),
    tells.tool('dig', 30, { name: 'dig', durationMs: 100 }),
    ...tools(6, 'stuck', { outcome: 'failed', durationMs: 10 }),
    tells.turn('stuck', 15, { toolCalls: 6 }),
    tells.turn('busy', 14, { toolCalls: 20, channel: 'slack' }),
    tells.turn('greedy', 13, { toolCalls: 3 }),
    ...[1, 2, 3].flatMap((n) => [
      tells.call(`g${n}`, 13, { usage: { inputTokens: 90_000, outputTokens: 10 } }),
      tells.answer(`g${n}`, 13, { traceId: 'greedy', usage: { input: 90_000, output: 10 } }),
    ]),
    tells.turn('usual', 12, { toolCalls: 3 }),
  ]);
  await all.tell(bob, [
    tells.call('a', 30),
    tells.answer('a', 30, { traceId: 'x' }),
    tells.call('check', 29),
    tells.call('failed', 28, { outcome: 'failed', responseId: undefined }),
    tells.answer('unseen', 27, { traceId: 'x', usage: { input: 7, output: 1 } }),
  ]);
  await all.database.rows(
    `insert into telemetry_gap (bot_id, workspace_id, dropped) values ('${bob}', '${all.ours}', 12)`,
  );
  await all.tell(
    eve,
    [
      tells.in('in-theirs', 30),
      tells.turn('theirs', 30, { toolCalls: 99 }),
      tells.tool('tool-theirs', 30, { name: 'spy' }),
    ],
    all.theirs,
  );
});
afterAll(() => all.close());

const reader = () => all.caller(['telemetry:read']);
const support = () =>
  all.caller([], [{ role: 'viewer', permissions: new Set(['telemetry:read']), bots: { labels: { team: 'support' } } }]);

test('messages are told by bot and channel: what came, how it was answered, and how soon', async () => {
  const { items, more, series } = await messageUse(all.plane, reader(), { channel: 'telegram' });
  expect(items).toEqual([
    {
      botId: ada,
      botName: 'Ada',
      channel: 'telegram',
      received: 4,
      sent: 3,
      turns: 7,
      failed: 1,
      unanswered: 0,
      p50Ms: expect.any(Number),
      p95Ms: expect.any(Number),
    },
  ]);
  expect(more).toBe(0);
  expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(4);
});

test('a message no turn that ended well answered is unanswered', async () => {
  const carl = await all.bot('Carl');
  await all.tell(carl, [tells.in('in-c1', 5), tells.in('in-c2', 5), tells.turn('c1', 5, { outcome: 'failed' })]);
  const { items } = await messageUse(all.plane, reader(), { botId: carl });
  expect(items).toMatchObject([{ received: 2, failed: 1, unanswered: 2 }]);
});

test('percentiles come from how long turns took', async () => {
  const dora = await all.bot('Dora');
  await all.tell(
    dora,
    Array.from({ length: 100 }, (_, n) => tells.turn(`d${n}`, 5, { durationMs: n < 90 ? 1_000 : 30_000 })),
  );
  const [use] = (await messageUse(all.plane, reader(), { botId: dora })).items;
  expect(use?.p50Ms).toBeGreaterThan(800);
  expect(use?.p50Ms).toBeLessThan(1_200);
  expect(use?.p95Ms).toBeGreaterThan(24_000);
  expect(use?.p95Ms).toBeLessThan(36_000);
});

test('over a long time whole days are counted, and those of before', async () => {
  const { items, series, from } = await messageUse(all.plane, reader(), {
    ...month(),
    botId: ada,
    channel: 'telegram',
  });
  expect(items).toMatchObject([{ received: 5, turns: 8 }]);
  expect(series.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(from).toMatch(/T00:00:00.000Z$/);
});

test('a range that is over counts the hours of its last day alone', async () => {
  const range = { from: ago(day * 20), to: ago(day * 9) };
  expect((await messageUse(all.plane, reader(), range)).items).toMatchObject([{ received: 1, turns: 1, failed: 0 }]);
});

test('tools are told by bot, those most in use first', async () => {
  const { items, more } = await toolUse(all.plane, reader(), {});
  expect(items).toMatchObject([
    { botName: 'Ada', tool: 'read', uses: 6, failed: 6 },
    { botName: 'Ada', tool: 'dig', uses: 1, failed: 0 },
  ]);
  expect(items[1]?.p50Ms).toBeGreaterThan(80);
  expect(more).toBe(0);
  expect((await toolUse(all.plane, reader(), { tool: 'dig' })).items).toMatchObject([{ tool: 'dig', uses: 1 }]);
});

test('of very many rows those most in use are told, and how many there are beyond', async () => {
  const max = await all.bot('Max');
  await all.tell(
    max,
    Array.from({ length: 120 }, (_, n) => tells.tool(`m${n}`, 5, { name: `tool-${n}` })),
  );
  const { items, more, series } = await toolUse(all.plane, reader(), { botId: max });
  expect({ told: items.length, more, uses: series.reduce((sum, { count }) => sum + count, 0) }).toEqual({
    told: 50,
    more: 70,
    uses: 120,
  });
});

test('turns that went in circles are told, the latest first, with why', async () => {
  const { items } = await listLoops(all.plane, reader(), {});
  expect(items.map(({ turnId, why }) => [turnId, why])).toEqual([
    ['greedy', 'It took 270,030 tokens within 2 minutes'],
    ['busy', 'It used tools 20 times'],
    ['stuck', 'read failed 6 times in a row'],
  ]);
  expect((await listLoops(all.plane, reader(), { channel: 'slack' })).items.map(({ turnId }) => turnId)).toEqual([
    'busy',
  ]);
});

test('what the model gateway counted is laid beside what OpenClaw says it used', async () => {
  const { items } = await crossCheck(all.plane, reader(), { botId: bob });
  expect(items).toEqual([
    {
      botId: bob,
      botName: 'Bob',
      gateway: { calls: 1, inputTokens: 100, outputTokens: 10 },
      openclaw: { calls: 2, inputTokens: 107, outputTokens: 11 },
      unused: 1,
      unseen: 1,
      dropped: 12,
    },
  ]);
});

test('who reaches some bots is told of those alone', async () => {
  expect((await messageUse(all.plane, support(), month())).items).toEqual([]);
  expect((await toolUse(all.plane, support(), month())).items).toEqual([]);
  expect((await listLoops(all.plane, support(), month())).items).toEqual([]);
  expect((await crossCheck(all.plane, support(), month())).items.map(({ botId }) => botId)).toEqual([bob]);
});

test.each([
  ['messages', messageUse],
  ['tools', toolUse],
  ['loops', listLoops],
  ['the cross-check', crossCheck],
])('%s tell nothing of another workspace', async (_, ask) => {
  expect(JSON.stringify(await ask(all.plane, reader(), month()))).not.toMatch(/theirs|spy|Eve/);
});

test('a turn that makes the same call again and again is found, however few calls it makes', async () => {
  const again = (n: number) =>
    tells.tool(`again-${n}`, 11 - n / 10, { traceId: 'again', name: 'search', digest: 'the same', outcome: 'ok' });
  await all.tell(ada, [
    tells.turn('again', 11, { toolCalls: 5, repeats: 5 }),
    tells.turn('twice', 11, { toolCalls: 5, repeats: 2 }),
    ...[0, 1, 2, 3, 4].map(again),
  ]);
  const loops = (await listLoops(all.plane, reader(), {})).items;
  expect(loops.find(({ turnId }) => turnId === 'again')?.why).toBe(
    'search was called 5 times in a row with the same arguments',
  );
  expect(loops.some(({ turnId }) => turnId === 'twice')).toBe(false);
});
