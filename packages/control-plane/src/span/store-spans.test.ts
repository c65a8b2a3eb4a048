import { randomUUID } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import type { TelemetryItem } from '@clawster/link/report';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../transaction.ts';
import { readSpan } from './read-span.ts';
import { storeSpans } from './store-spans.ts';

let database: TestDatabase;
const workspaceId = randomUUID();
let botId = '';
beforeAll(async () => {
  database = await testDatabase();
  await database.rows(`insert into workspace (id, name) values ('${workspaceId}', 'Ours')`);
});
beforeEach(() => {
  botId = randomUUID();
});
afterAll(() => database.close());

const store = (items: TelemetryItem[], bot = botId) =>
  inTransaction(database, { tenancy: 'system' }, (tx) =>
    storeSpans(
      tx,
      items.map((one) => readSpan(one, { botId: bot, workspaceId, epoch: 1 })),
    ),
  );

let sequence = 0;
const item = (kind: string, data: Record<string, unknown>): TelemetryItem => ({
  sequence: (sequence += 1),
  at: '2026-11-27T10:00:00.000Z',
  kind,
  data,
});
const usage = (inputTokens: number) => ({ inputTokens, outputTokens: 10, cacheReadTokens: 3, cacheWriteTokens: 0 });
const call = (id: string, more: Record<string, unknown> = {}) =>
  item('model-call', { id, startedAt: '2026-11-27T10:00:00.000Z', model: 'm', responseId: `r-${id}`, ...more });
const message = (id: string, channel: string) =>
  item('model-message', {
    id: `message-${id}`,
    startedAt: '2026-11-27T10:00:01.000Z',
    model: 'm',
    responseId: `r-${id}`,
    session: `agent:main:${channel}:1`,
    traceId: 'run',
    channel,
    usage: { input: 5, output: 10 },
  });

/** The roll-ups as they are kept, and as the spans say they should be; rows that come to nothing left out. */
async function sums(bot = botId) {
  const columns = `kind, channel, name, connector_id, count, failed, estimated, unpriced, input_tokens, output_tokens,
    cache_read_tokens, cache_write_tokens, cost_usd::float8 as cost, duration_ms`;
  const kept = (table: string) =>
    database.rows(`select ${columns} from ${table} where bot_id = '${bot}' and count <> 0 order by 1, 2, 3, 4`);
  const due = await database.rows(`select kind, channel, name, connector_id, count(*) as count,
    count(*) filter (where outcome <> 'ok') as failed, count(*) filter (where estimated) as estimated,
    count(*) filter (where cost_usd is null and input_tokens + output_tokens + cache_read_tokens > 0) as unpriced,
    sum(input_tokens)::bigint as input_tokens, sum(output_tokens)::bigint as output_tokens,
    sum(cache_read_tokens)::bigint as cache_read_tokens, sum(cache_write_tokens)::bigint as cache_write_tokens,
    coalesce(sum(cost_usd), 0)::float8 as cost, sum(duration_ms)::bigint as duration_ms
    from span where bot_id = '${bot}' group by 1, 2, 3, 4 order by 1, 2, 3, 4`);
  return { hour: await kept('usage_hour'), day: await kept('usage_day'), due };
}

/** What was counted at each price and in each conversation, as it is kept, and as the spans say it should be. */
async function costs(bot: string) {
  const kept = {
    prices: await database.rows(`select connector_id, name, price_version, count, cost_usd::float8 as cost
      from price_day where bot_id = '${bot}' order by 1, 2, 3`),
    conversations: await database.rows(`select session, count, tokens, unpriced, cost_usd::float8 as cost
      from conversation_day where bot_id = '${bot}' order by 1`),
  };
  const calls = `from span where bot_id = '${bot}' and kind = 'model-call'`;
  const tokens = 'input_tokens + output_tokens + cache_read_tokens + cache_write_tokens';
  const due = {
    prices:
      await database.rows(`select connector_id, name, coalesce(data->>'priceVersion', '') as price_version, count(*),
      coalesce(sum(cost_usd), 0)::float8 as cost ${calls} group by 1, 2, 3 order by 1, 2, 3`),
    conversations: await database.rows(`select session, count(*), sum(${tokens})::bigint as tokens,
      count(*) filter (where cost_usd is null and ${tokens} > 0) as unpriced, coalesce(sum(cost_usd), 0)::float8 as cost
      ${calls} and session is not null group by 1 order by 1`),
  };
  return { kept, due };
}

test('whatever comes late, twice or in another order, the roll-ups say what the spans say, and nothing is stored twice', async () => {
  const told = [
    call('a', { usage: usage(100), costUsd: 0.1, durationMs: 900, connectorId: 'c', priceVersion: 'v1' }),
    call('b', { usage: usage(50), durationMs: 20 }),
    call('c', { outcome: 'failed', failure: 'No', responseId: undefined }),
    call('d', { estimated: usage(7), costUsd: 0.025, priceVersion: 'v2' }),
    message('a', 'telegram'),
    message('b', 'slack'),
    item('turn', {
      id: 'run',
      startedAt: '2026-11-27T09:59:59.000Z',
      durationMs: 2_000,
      channel: 'telegram',
      session: 'agent:main:telegram:1',
    }),
    item('tool-call', {
      id: 't',
      startedAt: '2026-11-27T10:00:00.500Z',
      name: 'read',
      outcome: 'failed',
      traceId: 'run',
    }),
  ];
  const batches = fc.array(fc.array(fc.nat(told.length - 1), { maxLength: 5 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(batches, async (some) => {
      const bot = randomUUID();
      for (const batch of some)
        await store(
          batch.map((index) => told[index] as TelemetryItem),
          bot,
        );
      await store(told, bot);
      const { hour, day, due } = await sums(bot);
      expect(hour).toEqual(due);
      expect(day).toEqual(due);
      const spent = await costs(bot);
      expect(spent.kept).toEqual(spent.due);
      const [counts] = await database.rows(`select count(*)::int as spans from span where bot_id = '${bot}'`);
      expect(counts).toEqual({ spans: told.length });
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['the call first', [0, 1]],
  ['the message first', [1, 0]],
])('a call is told by its conversation and channel, %s', async (_, order) => {
  const both = [call('a', { usage: usage(5), costUsd: 0.1 }), message('a', 'telegram')];
  for (const index of order) await store([both[index] as TelemetryItem]);
  expect(
    await database.rows(
      `select session, channel, trace_id from span where bot_id = '${botId}' and kind = 'model-call'`,
    ),
  ).toEqual([{ session: 'agent:main:telegram:1', channel: 'telegram', trace_id: 'run' }]);
  const { day, due } = await sums();
  expect(day).toEqual(due);
});

test('two batches of a bot at the same time, one with the call and one with its message, find each other', async () => {
  const calls = Array.from(
    { length: 20 },
    (_, index) => [call(`x${index}`), message(`x${index}`, 'telegram')] as const,
  );
  await Promise.all(calls.flatMap(([one, other]) => [store([one]), store([other])]));
  expect(
    await database.rows(
      `select count(*)::int from span where bot_id = '${botId}' and kind = 'model-call' and channel = ''`,
    ),
  ).toEqual([{ count: 0 }]);
});

test('what is not as agreed is kept as it came, and counts nowhere', async () => {
  await store([
    item('turn', { id: 'x', startedAt: 'yesterday' }),
    item('model-call', { id: 7 }),
    item('note', { a: 1 }),
  ]);
  expect(await database.rows(`select kind from span where bot_id = '${botId}' order by kind`)).toEqual([
    { kind: 'note' },
    { kind: 'unread:model-call' },
    { kind: 'unread:turn' },
  ]);
  expect((await sums()).day).toEqual([]);
});

test('text is kept apart, as long as the workspace keeps it', async () => {
  await store([
    item('message-in', { id: 'm', startedAt: '2026-11-27T10:00:00.000Z', text: { in: 'Where is my parcel?' } }),
  ]);
  expect(
    await database.rows(
      `select keep_days, text from span_text where bot_id = '${botId}' and words @@ to_tsquery('simple', 'parcel')`,
    ),
  ).toEqual([{ keep_days: 30, text: { in: 'Where is my parcel?' } }]);
  expect(await database.rows(`select data from span where bot_id = '${botId}'`)).toEqual([{ data: {} }]);
});

test('a tool call keeps by what the same arguments are known again, and how long they and the answer were', async () => {
  const data = { characters: { in: 12, out: 3 }, digest: 'same' };
  await store([item('tool-call', { id: 'x', startedAt: '2026-11-27T10:00:00.000Z', name: 'read', ...data })]);
  expect(await database.rows(`select data from span where bot_id = '${botId}'`)).toEqual([{ data }]);
});
