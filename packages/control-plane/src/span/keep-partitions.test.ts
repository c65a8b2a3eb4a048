import { afterEach, beforeEach, expect, test } from 'vitest';
import { keep } from '../change.ts';
import { told, type Told, tells } from '../trace/testing/told.ts';
import { sql } from 'kysely';
import { keepPartitions } from './keep-partitions.ts';

let all: Told;
beforeEach(async () => {
  all = await told();
});
afterEach(() => all.close());

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);
const never = new AbortController().signal;
const pass = (asOf?: Date, plane = all.plane) =>
  keepPartitions(
    { db: plane.db, log: () => undefined, settings: { keepDays: { spans: 90, usageHours: 400 } } },
    never,
    asOf,
  );
const partitions = async (parent: string) =>
  (
    await all.database.rows(`select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
      where inhparent = '${parent}'::regclass order by 1`)
  ).map(({ name }) => String(name));
const count = async (what: string) =>
  (await all.database.rows(`select count(*)::int as count from ${what}`))[0]?.['count'];
const nameOf = (day: Date) => `span_${day.toISOString().slice(0, 10).replaceAll('-', '')}`;
const turnAt = (id: string, at: Date, more: Record<string, unknown> = {}) =>
  tells.turn(id, 0, { startedAt: at.toISOString(), text: { in: 'Hello' }, ...more });

test('there is a partition for each of the days to come, behind the wall', async () => {
  await pass(inDays(30));
  const names = await partitions('span');
  for (let day = 29; day <= 37; day += 1) expect(names).toContain(nameOf(inDays(day)));
  expect(
    await count(`pg_class where relname = '${nameOf(inDays(33))}' and relrowsecurity and relforcerowsecurity`),
  ).toBe(1);
});

test('what is older than it is kept goes, spans and texts each at their time, and sums by the day stay', async () => {
  const bot = await all.bot('Ada');
  await all.tell(bot, [turnAt('now', new Date())]);
  await pass(inDays(32));
  expect({ spans: await count('span'), texts: await count('span_text') }).toEqual({ spans: 1, texts: 0 });
  await pass(inDays(92));
  expect({ spans: await count('span'), hours: await count('usage_hour') }).toEqual({ spans: 0, hours: 1 });
  expect(await partitions('span')).not.toContain(nameOf(new Date()));
  await pass(inDays(440));
  expect({ hours: await count('usage_hour'), days: await count('usage_day') }).toEqual({ hours: 0, days: 1 });
});

test('what came too late for a partition goes too, and with it conversations of which nothing is left', async () => {
  const bot = await all.bot('Ada');
  await all.tell(bot, [
    turnAt('old', inDays(-200), { session: 'old' }),
    turnAt('late', inDays(-20), { session: 'late' }),
  ]);
  expect(await count('span_other')).toBe(2);
  await pass();
  expect(await all.database.rows('select id from span')).toEqual([{ id: 'late' }]);
  expect(await all.database.rows('select session from conversation')).toEqual([{ session: 'late' }]);
  expect(await count('span_text')).toBe(1);
});

test('what came before its partition is in it once it is made', async () => {
  const bot = await all.bot('Ada');
  await all.tell(bot, [turnAt('ahead', inDays(20))]);
  await pass(inDays(15));
  expect(await all.database.rows(`select id from ${nameOf(inDays(20))}`)).toEqual([{ id: 'ahead' }]);
  expect({ spans: await count('span'), texts: await count('span_text'), beside: await count('span_other') }).toEqual({
    spans: 1,
    texts: 1,
    beside: 0,
  });
});

test('while one replica is at it, another leaves it alone', async () => {
  await keep(all.plane, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('keep-partitions', 30))`.execute(tx);
    await pass(inDays(60));
  });
  expect(await partitions('span')).not.toContain(nameOf(inDays(60)));
});
