import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';

const [ours, theirs] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  for (const id of [ours, theirs]) {
    await admin.query('insert into workspace (id, name) values ($1::uuid, $1::text)', [id]);
    await admin.query("insert into target (workspace_id, name, kind) values ($1, 'This machine', 'process')", [id]);
  }
  await admin.end();
});
afterAll(() => database.close());

/** A query that forgets the tenant, as a bug would. */
const everyTarget = (workspaceId?: string) =>
  database.db.transaction().execute(async (tx) => {
    if (workspaceId) await sql`select set_config('clawster.workspace_id', ${workspaceId}, true)`.execute(tx);
    return tx.selectFrom('target').select('workspaceId').execute();
  });

test('a query outside any workspace sees no row', async () => expect(await everyTarget()).toEqual([]));

test('a query that forgets the tenant sees the rows of its own workspace alone', async () =>
  expect(await everyTarget(ours)).toEqual([{ workspaceId: ours }]));

test('the setting does not outlive its transaction on the pooled connection', async () => {
  await everyTarget(ours);
  expect(await everyTarget()).toEqual([]);
});

test('a row cannot be written into, or moved to, another workspace', async () => {
  const inOurs = (
    work: (tx: Parameters<Parameters<ReturnType<typeof database.db.transaction>['execute']>[0]>[0]) => Promise<unknown>,
  ) =>
    database.db.transaction().execute(async (tx) => {
      await sql`select set_config('clawster.workspace_id', ${ours}, true)`.execute(tx);
      await work(tx);
    });
  await expect(
    inOurs((tx) =>
      tx
        .insertInto('target')
        .values({ workspaceId: theirs as string, name: 'x', kind: 'x', settings: {} })
        .execute(),
    ),
  ).rejects.toThrow('row-level security');
  await expect(
    inOurs((tx) =>
      tx
        .updateTable('target')
        .set({ workspaceId: theirs as string })
        .execute(),
    ),
  ).rejects.toThrow('row-level security');
});

test('every table that belongs to a workspace is behind the wall, for its owner too', async () => {
  const { rows } = await sql<{ name: string; walled: boolean }>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as walled from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id')`.execute(
    database.db,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter(({ walled }) => !walled)).toEqual([]);
});

test('every table that belongs to a bot is hidden with the bot from those who do not reach it', async () => {
  const ofBots = await database.rows(`
    select distinct c.relname as name from pg_constraint as k join pg_class as c on c.oid = k.conrelid
    where k.contype = 'f' and k.confrelid = 'bot'::regclass order by 1`);
  const hidden = await database.rows(`select tablename as name from pg_policies where policyname = 'reach' order by 1`);
  const names = (rows: Record<string, unknown>[]) => rows.map(({ name }) => String(name));
  // Which keys and roles are for which bot is told to those who may see keys and roles.
  const told = ['api_key', 'role_binding'];
  const withoutPolicy = names(ofBots).filter((name) => !told.includes(name) && !names(hidden).includes(name));
  expect(withoutPolicy).toEqual([]);
  expect(names(hidden)).toContain('event');
});
