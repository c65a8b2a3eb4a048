import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileOnce } from './compile-once.ts';
import { type TestDatabase, testDatabase } from './testing.ts';
import { type Opening, transact } from './transact.ts';

const workspaceId = '00000000-0000-4000-8000-000000000001';
const settings = { 'clawster.workspace_id': workspaceId };
const writing: Opening = { readOnly: false, settings };
const reading: Opening = { readOnly: true, settings };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await transact(database.db, writing, (tx) =>
    tx.insertInto('workspace').values({ id: workspaceId, name: 'Ours' }).execute(),
  );
});
afterAll(() => database.close());

const addTarget = (name: string) => (tx: Parameters<Parameters<typeof transact>[2]>[0]) =>
  tx.insertInto('target').values({ workspaceId, name, kind: 'process' }).execute();
const targets = () =>
  transact(database.db, reading, async (tx) => (await tx.selectFrom('target').select('name').execute()).length);

test('what fails leaves nothing behind, and its connection works on', async () => {
  const before = await targets();
  const failing = transact(database.db, writing, async (tx) => {
    await addTarget('Half')(tx);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await targets()).toBe(before);
});

test('of statements that travel together the first that failed says why, and nothing is kept', async () => {
  const failing = transact(database.db, writing, async (tx) => {
    const sent = sql`select 1 / 0`.execute(tx);
    sent.catch(() => undefined);
    await addTarget('After a failure')(tx);
  });
  await expect(failing).rejects.toThrow('division by zero');
});

test('a failure nobody looked at is not taken for a success', async () => {
  const failing = transact(database.db, writing, async (tx) => {
    await addTarget('Unheard')(tx);
    await sql`select 1 / 0`.execute(tx).catch(() => undefined);
  });
  await expect(failing).rejects.toThrow('nothing of it was kept');
});

test('one that reads writes nothing', async () =>
  expect(transact(database.db, reading, addTarget('Read'))).rejects.toThrow('read-only transaction'));

test('one that cannot be opened says so', async () => {
  const opening = { readOnly: true, settings: { 'not a setting': 'x' } } as unknown as Opening;
  await expect(transact(database.db, opening, (tx) => sql`select 1`.execute(tx))).rejects.toThrow('syntax error');
});

test('a value is a value, whatever it holds', async () => {
  const value = "x'; drop table workspace; --\\";
  const opening: Opening = { readOnly: true, settings: { 'clawster.workspace_id': value } };
  const { rows } = await transact(database.db, opening, (tx) =>
    sql<{ seen: string }>`select current_setting('clawster.workspace_id') as seen`.execute(tx),
  );
  expect(rows).toEqual([{ seen: value }]);
});

test('nothing is asked of a transaction that is over', async () => {
  const escaped = await transact(database.db, reading, async (tx) => ({ tx }));
  await expect(sql`select 1`.execute(escaped.tx)).rejects.toThrow('The transaction is over');
});

test('a connection that dies midway fails its transaction alone', async () => {
  const dying = transact(database.db, writing, async (tx) => {
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    await addTarget('Too late')(tx);
  });
  await expect(dying).rejects.toThrow();
  expect(await targets()).toBeTypeOf('number');
});

test('a query compiled once is asked with other values each time, also by many at once', async () => {
  const double = compileOnce<'value', { doubled: number }>((db, { value }) =>
    sql<{ doubled: number }>`select ${value}::int * 2 as doubled`.compile(db),
  );
  const ask = (value: number) => transact(database.db, reading, (tx) => double(tx, { value: String(value) }));
  const values = Array.from({ length: 40 }, (_, value) => value);
  const answers = await Promise.all(values.map(ask));
  expect(answers).toEqual(values.map((value) => [{ doubled: value * 2 }]));
});
