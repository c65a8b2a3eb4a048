import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Db, openDatabase, poolState } from './open.ts';
import { type FaultyProxy, faultyProxy } from './testing-proxy.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let proxy: FaultyProxy;
let db: Db;
let told: boolean[];
beforeEach(async () => {
  database = await testDatabase();
  proxy = await faultyProxy(database.url);
  told = [];
  db = await openDatabase(proxy.url, {
    connectionsMax: 3,
    answerMs: 500,
    connectMs: 500,
    onAway: (isAway) => told.push(isAway),
  });
});
afterEach(async () => {
  proxy.close();
  await db.destroy();
  await database.close();
});

const ask = () => sql<{ one: number }>`select 1 as one`.execute(db);
const timeOf = async (work: () => Promise<unknown>) => {
  const since = performance.now();
  await work().catch(() => undefined);
  return performance.now() - since;
};

test('a server that no longer answers costs each of those who wait one bounded wait, and those who come after it none', async () => {
  await ask();
  proxy.blackHole();
  const waits = await Promise.all(Array.from({ length: 6 }, () => timeOf(ask)));
  expect(Math.max(...waits)).toBeLessThan(2_000);
  expect(await timeOf(ask)).toBeLessThan(20);
  await expect(ask()).rejects.toThrow('does not answer');
  expect(poolState(db).isAway).toBe(true);
});

test('once it answers again it is used again, by itself', async () => {
  proxy.blackHole();
  await timeOf(ask);
  proxy.heal();
  await expect
    .poll(
      () =>
        ask().then(
          ({ rows }) => rows[0]?.one,
          () => 0,
        ),
      { timeout: 10_000 },
    )
    .toBe(1);
  expect(told).toEqual([true, false]);
});

test('connections from before are not used again: they may lead to a server that is no more', async () => {
  const pidOf = async () => (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid;
  const before = await pidOf();
  const hung = db.connection().execute(async (one) => {
    await db.connection().execute(async () => proxy.blackHole());
    await sql`select 1`.execute(one);
  });
  await expect(hung).rejects.toThrow();
  proxy.heal();
  await expect.poll(() => pidOf().catch(() => before), { timeout: 10_000 }).not.toBe(before);
  const pids = await Promise.all([pidOf(), pidOf(), pidOf()]);
  expect(pids).not.toContain(before);
});

test('whoever waits since before an outage and is given up after it does not shut the others out again', async () => {
  const patient = await openDatabase(proxy.url, {
    connectionsMax: 3,
    answerMs: 2_500,
    connectMs: 500,
    onAway: (isAway) => told.push(isAway),
  });
  const asked = async (delayMs: number) => {
    await patient.connection().execute(async (one) => {
      await sql`select 1`.execute(one);
      await sleep(delayMs);
      await sql`select 2`.execute(one);
    });
  };
  const waits = [asked(200), asked(2_200)].map((wait) => wait.catch(() => undefined));
  await sleep(100);
  proxy.blackHole();
  await waits[0];
  expect(poolState(patient).isAway).toBe(true);
  proxy.heal();
  await expect.poll(() => poolState(patient).isAway, { timeout: 1_900 }).toBe(false);
  await waits[1];
  expect(told).toEqual([true, false]);
  await patient.destroy();
});

test('connections that are all in use are waited for, and do not shut the others out', async () => {
  const busy = Promise.withResolvers<void>();
  const holders = [1, 2, 3].map(() => db.connection().execute(() => busy.promise));
  await expect.poll(() => poolState(db).open - poolState(db).idle).toBe(3);
  await expect(ask()).rejects.toThrow('timeout exceeded');
  expect(poolState(db).isAway).toBe(false);
  busy.resolve();
  await Promise.all(holders);
  expect((await ask()).rows).toEqual([{ one: 1 }]);
});

test('a connection that is cut while it is in use is an error of that request alone', async () => {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await expect(
    db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await sql`select 1`.execute(tx);
    }),
  ).rejects.toThrow();
  await admin.end();
  expect((await ask()).rows).toEqual([{ one: 1 }]);
});

test('PostgreSQL itself ends what takes too long', async () => {
  const { rows } = await sql<{ name: string; setting: string }>`select name, setting from pg_settings
    where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout') order by name`.execute(
    db,
  );
  expect(rows.map(({ setting }) => Number(setting))).toEqual([10_000, 5_000, 8_000]);
});
