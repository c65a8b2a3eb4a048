import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keep } from '../change.ts';
import { readSpan } from '../span/read-span.ts';
import { storeSpans } from '../span/store-spans.ts';
import { dayPlus } from './days.ts';
import { listConversationCosts } from './list-conversation-costs.ts';
import { type CostWorld, newCostWorld } from './testing/cost-world.ts';

let world: CostWorld;
let botIds: string[] = [];
beforeAll(async () => {
  world = await newCostWorld();
  botIds = [await world.newBot(world.ours, { name: 'Ada' }), await world.newBot(world.ours, { name: 'Bob' })];
});
afterAll(() => world.close());

const firstDay = '2026-08-17';
const days = 100;
const usd = [undefined, 0, 0.1, 0.100_000_000_4, 0.3, 2, 2.5] as const;
const Told = fc.record({
  bot: fc.nat(1),
  conversation: fc.nat(15),
  day: fc.nat(days - 1),
  usd: fc.constantFrom(...usd),
  tokens: fc.constantFrom(0, 7, 1_000),
});
type Told = { bot: number; conversation: number; day: number; usd: number | undefined; tokens: number };

/** A call and the message that gives it its conversation, as they are told. */
function items({ conversation, day, usd: costUsd, tokens }: Told, run: string) {
  const startedAt = `${dayPlus(firstDay, day)}T12:00:00.000Z`;
  const usage = { inputTokens: tokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const item = (kind: string, data: object) => ({
    sequence: 1,
    at: startedAt,
    kind,
    data: { id: `${kind}-${run}`, startedAt, responseId: run, model: 'demo', ...data },
  });
  return [
    item('model-call', { usage, costUsd }),
    item('model-message', { session: `talk-${conversation}`, traceId: run, channel: '' }),
  ];
}

/** Tells them in this order, some at once, and some of them once more. */
async function tell(told: Told[], { order, batch, run }: { order: number[]; batch: number; run: number }) {
  const spans = told.flatMap((one, index) =>
    items(one, `${run}-${index}`).map((item) =>
      readSpan(item, { botId: botIds[one.bot] ?? '', workspaceId: world.ours.workspaceId, epoch: 1 }),
    ),
  );
  const shuffled = spans
    .map((span, index) => ({ span, place: order[index % order.length] ?? 0 }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ span }) => span);
  const late = [...shuffled, ...shuffled.slice(0, batch)];
  for (let from = 0; from < late.length; from += batch)
    await keep(world.plane, (tx) => storeSpans(tx, late.slice(from, from + batch)));
}

/** What the spans say by themselves. */
function plainly({ from, to, limit }: { from: string; to: string; limit: number }) {
  return world.database.rows(`
    select bot_id as "botId", session, count(*)::int as calls, sum(input_tokens)::int as tokens,
      coalesce(sum(cost_usd), 0)::float8 as usd
    from span where kind = 'model-call' and session is not null and (at at time zone 'UTC')::date between '${from}' and '${to}'
    group by 1, 2 order by coalesce(sum(cost_usd), 0) desc, sum(input_tokens) desc, 1, 2 limit ${limit}`);
}

test('the dearest conversations of any days are those that the spans come to, whatever came late, twice or in another order', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(Told, { minLength: 40, maxLength: 90 }),
      fc.record({
        order: fc.array(fc.nat(1_000), { minLength: 5, maxLength: 50 }),
        batch: fc.integer({ min: 5, max: 60 }),
      }),
      fc.array(
        fc.record({
          first: fc.nat(days - 1),
          length: fc.constantFrom(1, 5, 7, 12, 23, 30, 31),
          limit: fc.constantFrom(1, 2, 3, 50),
        }),
        { minLength: 16, maxLength: 16 },
      ),
      async (told, how, asked) => {
        await world.database.rows('truncate span, conversation, conversation_day, conversation_bound');
        await tell(told, { ...how, run: (run += 1) });
        for (const { first, length, limit } of asked) {
          const range = { from: dayPlus(firstDay, first), to: dayPlus(firstDay, first + length - 1), limit };
          const { items: dearest } = await listConversationCosts(world.plane, world.ours, range);
          expect(
            dearest.map(({ botId, session, calls, tokens, usd: cost }) => ({
              botId,
              session,
              calls,
              tokens,
              usd: cost,
            })),
          ).toEqual(await plainly(range));
        }
      },
    ),
    { numRuns: 6 },
  );
});

test('of a month so far those are told that the month came to', async () => {
  await world.database.rows('truncate span, conversation, conversation_day, conversation_bound');
  await tell(
    Array.from({ length: 40 }, (_, conversation) => ({
      bot: 0,
      conversation,
      day: 80,
      usd: 0.01 * conversation,
      tokens: 1,
    })),
    { order: [1, 2, 3], batch: 100, run: -1 },
  );
  const { items: dearest } = await listConversationCosts(world.plane, world.ours, {
    from: '2026-11-01',
    to: '2026-11-30',
    limit: 2,
  });
  expect(dearest.map(({ session }) => session)).toEqual(['talk-39', 'talk-38']);
  const elsewhere = await listConversationCosts(world.plane, world.theirs, { from: '2026-11-01', to: '2026-11-30' });
  expect(elsewhere.items).toEqual([]);
});
