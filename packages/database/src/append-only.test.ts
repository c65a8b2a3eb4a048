import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './testing.ts';

const workspaceId = '00000000-0000-4000-8000-000000000001';
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query("insert into workspace (id, name) values ($1, 'Ours')", [workspaceId]);
  await admin.query(
    `insert into event (workspace_id, type, actor) select $1, 'bot-created', '{"kind":"system","job":"test"}'
     from generate_series(1, 3)`,
    [workspaceId],
  );
  await admin.query(`insert into audit_seal values ($1, 1, now(), 1, 1, 1, '{1}', '', '', '', 'key', '')`, [
    workspaceId,
  ]);
  await admin.end();
});
afterAll(() => database.close());

/** As the server would, with every workspace before it, and whether it says that rows are to go. */
const run = (statement: string, retention = false) =>
  database.db.transaction().execute(async (tx) => {
    await sql`select set_config('clawster.system', 'on', true)`.execute(tx);
    if (retention) await sql`select set_config('clawster.retention', 'on', true)`.execute(tx);
    const { numAffectedRows } = await sql.raw(statement).execute(tx);
    return Number(numAffectedRows ?? 0);
  });

describe.each(['event', 'audit_seal'])('%s', (table) => {
  test('is only added to: nothing is changed, deleted or emptied', async () => {
    for (const statement of [`update ${table} set at = now()`, `delete from ${table}`, `truncate ${table}`])
      await expect(run(statement), statement).rejects.toThrow('only ever added to');
  });

  test('is not changed by retention either', () =>
    expect(run(`update ${table} set at = now()`, true)).rejects.toThrow('only ever added to'));
});

test('retention, which says so, deletes', async () => {
  expect(await run('delete from event where id = (select min(id) from event)', true)).toBe(1);
  await expect(run('delete from event')).rejects.toThrow('only ever added to');
});
