import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, whyNotMigrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await testDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), 'clawster-migrations-'));
  await writeFile(join(folder, '0001-first.sql'), 'create table first (id int); select pg_sleep(0.2);');
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test('several processes that start at once migrate once', async () => {
  const applied = await Promise.all([
    migrate(database.url, folder),
    migrate(database.url, folder),
    migrate(database.url, folder),
  ]);
  expect(applied.flat()).toEqual(['0001-first.sql']);
});

test('a migration that fails leaves nothing behind, and works once it is mended', async () => {
  await writeFile(join(folder, '0002-second.sql'), 'create table second (id int); select nonsense;');
  await expect(migrate(database.url, folder)).rejects.toThrow('"0002-second.sql" failed and was undone');
  await writeFile(join(folder, '0002-second.sql'), 'create table second (id int);');
  expect(await migrate(database.url, folder)).toEqual(['0002-second.sql']);
});

test('one that waits for a lock gives up rather than make requests queue behind it', async () => {
  await writeFile(join(folder, '0003-third.sql'), 'alter table first add column name text;');
  const busy = new pg.Client({ connectionString: database.url });
  await busy.connect();
  await busy.query('begin; lock table first in access share mode');
  await expect(migrate(database.url, folder)).rejects.toThrow('lock timeout');
  await busy.end();
  await migrate(database.url, folder);
});

test('one that is killed half-way leaves nothing behind, and the next start completes it', async () => {
  await writeFile(join(folder, '0004-fourth.sql'), 'create table fourth (id int); select pg_sleep(1.5);');
  const module = new URL('migrate.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then((m) => m.migrate(...${JSON.stringify([database.url, folder])}))`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const sees = async (what: string) => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ seen: boolean }>(`select ${what} as seen`);
    await client.end();
    return rows[0]?.seen;
  };
  await expect
    .poll(() =>
      sees(
        "exists (select from pg_stat_activity where query like '%create table fourth%' and pid <> pg_backend_pid())",
      ),
    )
    .toBe(true);
  child.kill('SIGKILL');
  expect(await sees("to_regclass('fourth') is not null")).toBe(false);
  expect(await migrate(database.url, folder)).toEqual(['0004-fourth.sql']);
  expect(await sees("to_regclass('fourth') is not null")).toBe(true);
});

test('an edited migration is refused by name', async () => {
  await writeFile(join(folder, '0001-first.sql'), 'create table first (id bigint);');
  await expect(migrate(database.url, folder)).rejects.toThrow('"0001-first.sql" was edited after it was applied');
});

test.each([
  ['a fresh database', [], [['a', '1']], undefined],
  ['a database of this version', [['a', '1']], [['a', '1']], undefined],
  [
    'a database newer than the code',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [['a', '1']],
    'newer than this version',
  ],
  ['another history', [['x', '1']], [['a', '1']], 'different histories'],
] as const)('%s', (_, applied, known, reason) => {
  const rows = (pairs: readonly (readonly [string, string])[]) => pairs.map(([name, checksum]) => ({ name, checksum }));
  const why = whyNotMigrate(rows(applied), rows(known));
  if (reason) expect(why).toContain(reason);
  else expect(why).toBeUndefined();
});
