import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrationsDirectory } from '../migrate.ts';
import { type TestDatabase, testDatabase } from '../testing.ts';
import { epochOfRestore } from './after-restore.ts';
import { verifyBackup } from './read-backup.ts';
import { holdsRestored, restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const passphrase = 'a passphrase for tests';
/** Cheap: what a passphrase costs is not tested here. */
const sealing = { cost: 2 ** 14, chunkBytes: 65_536 };
const canary = 'canary-that-must-not-be-read';
const [workspaceId, botId] = [randomUUID(), randomUUID()];
let folder: string;
let original: TestDatabase;
let file: string;
const key = randomBytes(32);

const admin = async <T extends object>(database: TestDatabase, text: string, values: unknown[] = []): Promise<T[]> => {
  // Events go only where a transaction says that this is its task.
  const client = new pg.Client({ connectionString: database.adminUrl, options: '-c clawster.retention=on' });
  await client.connect();
  return client
    .query<T>(text, values)
    .then(({ rows }) => rows)
    .finally(() => client.end());
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-backup-'));
  file = join(folder, 'backup');
  original = await testDatabase();
  await fillWithRows(original);
  await backUp();
});
afterAll(async () => {
  await original.close();
  await rm(folder, { recursive: true });
});

/** A workspace with a bot that ran, held by a server that is gone, and many events of a database that was used for long. */
async function fillWithRows(database: TestDatabase): Promise<void> {
  const [target, connector] = [randomUUID(), randomUUID()];
  await admin(database, 'insert into workspace (id, name) values ($1, $2)', [
    workspaceId,
    `Line\nbreak\tand \\ ${canary}`,
  ]);
  await admin(
    database,
    "insert into target (id, workspace_id, name, kind) values ($1, $2, 'This machine', 'process')",
    [target, workspaceId],
  );
  await admin(
    database,
    "insert into connector (id, workspace_id, kind, name, provider, model) values ($1, $2, 'model-provider', 'Demo', 'demo', 'demo')",
    [connector, workspaceId],
  );
  await admin(
    database,
    `insert into bot (id, workspace_id, name, target_id, connector_id, spec, status, phase, public_key, leased_by, leased_until)
     values ($1, $2, 'Ada', $3, $4, '{"desired":"running"}', '{}', 'ready', 'key', 'other:1', now() + interval '1 hour')`,
    [botId, workspaceId, target, connector],
  );
  const operation = `insert into operation (workspace_id, kind, steps, bot_id) values ($1, 'backup', '[]', $2) returning id`;
  const [{ id }] = (await admin<{ id: string }>(database, operation, [workspaceId, botId])) as [{ id: string }];
  await admin(database, 'update bot set operation_id = $1', [id]);
  await admin(database, "insert into link (bot_id, workspace_id, replica) values ($1, $2, 'other:1')", [
    botId,
    workspaceId,
  ]);
  await admin(
    database,
    `insert into join_token (token_hash, workspace_id, bot_id, expires_at) values ('a', $1, $2, now() + interval '1 hour')`,
    [workspaceId, botId],
  );
  await admin(
    database,
    `insert into event (xid, workspace_id, type, actor, detail)
     select (1000000000000 + n)::text::xid8, $1, 'bot-started', '{"kind":"system","job":"test"}', jsonb_build_object('n', n, 'said', $2::text)
     from generate_series(1, 5000) n`,
    [workspaceId, canary],
  );
  await admin(database, 'delete from event where id = (select max(id) from event)');
}

const backUp = (some: Partial<Parameters<typeof writeBackup>[1]> = {}) =>
  writeBackup(original.url, {
    file,
    overwrite: true,
    passphrase,
    key,
    about: { clawster: '0.1.0', dataDirectory: join(folder, 'original') },
    sealing,
    ...some,
  });

async function restored(some: Partial<Parameters<typeof restoreBackup>[1]> = {}) {
  const database = await testDatabase({ empty: true });
  const source = { file, passphrase };
  const { manifest } = await verifyBackup(source);
  const keys: Buffer[] = [];
  await restoreBackup(database.url, {
    source,
    verified: manifest,
    epoch: 7,
    dataDirectory: join(folder, 'copy'),
    startMissing: false,
    beforeCommit: async (one) => void keys.push(Buffer.from(one)),
    ...some,
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return { database, key: keys[0] };
}

describe('a backup', () => {
  test('is private to its user, and nothing in it can be read', async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const bytes = await readFile(file);
    for (const secret of [canary, key, Buffer.from(key.toString('base64')), workspaceId, 'bot-started'])
      expect(bytes.includes(secret)).toBe(false);
  });

  test('replaces nothing unasked, and leaves nothing behind when it fails', async () => {
    await expect(backUp({ overwrite: false })).rejects.toThrow('--force');
    await expect(backUp({ file: join(folder, 'nowhere', 'backup') })).rejects.toThrow('a folder that exists');
    const onProgress = () => {
      throw new Error('stopped half-way');
    };
    await expect(backUp({ file: join(folder, 'failed'), onProgress })).rejects.toThrow('half-way');
    expect(await readdir(folder)).toEqual(['backup']);
  });

  test('holds up no event: its transaction has no number that others would wait for', async () => {
    const writer = new pg.Client({ connectionString: original.adminUrl });
    await writer.connect();
    await writer.query('begin; lock table workspace in access exclusive mode');
    const backingUp = backUp({ file: join(folder, 'busy') });
    const look = () =>
      admin(
        original,
        `select backend_xid from pg_stat_activity
         where application_name = 'clawster backup' and datname = current_database() and wait_event_type = 'Lock'`,
      );
    await expect.poll(look, { timeout: 30_000 }).toEqual([{ backend_xid: null }]);
    await writer.query('rollback');
    await writer.end();
    await backingUp;
    await rm(join(folder, 'busy'));
  });
});

describe('a restored database', () => {
  let copy: Awaited<ReturnType<typeof restored>>;
  beforeAll(async () => {
    copy = await restored();
  });
  afterAll(() => copy.database.close());

  test('has every row of every table, and the key', async () => {
    expect(copy.key).toEqual(key);
    const counts = async (database: TestDatabase) => {
      const tables = await admin<{ name: string }>(
        database,
        "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'join_token' order by 1",
      );
      return Promise.all(
        tables.map(async ({ name }) => [name, (await admin(database, `select 1 from "${name}"`)).length] as const),
      );
    };
    const before = new Map(await counts(original));
    // One event for each workspace says that it was restored.
    before.set('event', (before.get('event') ?? 0) + 1);
    expect(await counts(copy.database)).toEqual([...before]);
    const names = 'select name from workspace';
    expect(await admin(copy.database, names)).toEqual(await admin(original, names));
  });

  test('has the same schema, walls included', async () => {
    const shape = (database: TestDatabase) =>
      admin(
        database,
        `select c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, p.polname from pg_class c
         left join pg_policy p on p.polrelid = c.oid where c.relnamespace = 'public'::regnamespace order by 1, 5`,
      );
    expect(await shape(copy.database)).toEqual(await shape(original));
    const references = (database: TestDatabase) =>
      admin(
        database,
        "select conname, pg_get_constraintdef(oid), convalidated from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2",
      );
    expect(await references(copy.database)).toEqual(await references(original));
    const client = new pg.Client({ connectionString: copy.database.url });
    await client.connect();
    expect((await client.query('select 1 from event')).rows).toEqual([]);
    await client.end();
  });

  test('goes on counting where the original stood, also past rows that are gone', async () => {
    const [row] = await admin<{ id: number }>(
      copy.database,
      `insert into event (workspace_id, type, actor) values ($1, 'bot-started', '{}') returning id::int`,
      [workspaceId],
    );
    expect(row?.id).toBeGreaterThan(5_000);
    await admin(copy.database, 'delete from event where id = $1', [row?.id]);
  });

  test('tells its events at once, though they were written under numbers this database has not reached', async () => {
    const [row] = await admin<{ waiting: number }>(
      copy.database,
      'select count(*)::int as waiting from event where xid >= pg_snapshot_xmin(pg_current_snapshot())',
    );
    expect(row?.waiting).toBe(0);
  });

  test('is a newer copy of the same installation, and holds nothing the original held', async () => {
    const [before] = await admin<{ id: string; epoch: number }>(original, 'select id, epoch from installation');
    expect(await admin(copy.database, 'select id, epoch from installation')).toEqual([{ id: before?.id, epoch: 7 }]);
    expect(await holdsRestored(copy.database.url, { id: before?.id as string, epoch: 7 })).toBe(true);
    expect(await holdsRestored(original.url, { id: before?.id as string, epoch: 7 })).toBe(false);
    const [bot] = await admin(
      copy.database,
      'select leased_by, restored_at is not null as looked_for, reconcile_at <= now() as due from bot',
    );
    expect(bot).toEqual({ leased_by: null, looked_for: true, due: true });
    expect(await admin(copy.database, 'select replica from link')).toEqual([{ replica: null }]);
    expect(await admin(copy.database, 'select 1 from join_token')).toEqual([]);
    expect(
      await admin(copy.database, 'select o.phase, b.operation_id from operation o join bot b on b.id = o.bot_id'),
    ).toEqual([{ phase: 'failed', operation_id: null }]);
  });
});

describe('restoring', () => {
  test('is refused into a database that holds anything', async () => {
    const { manifest } = await verifyBackup({ file, passphrase });
    const options = {
      source: { file, passphrase },
      verified: manifest,
      epoch: 2,
      dataDirectory: folder,
      startMissing: false,
      beforeCommit: async () => undefined,
    };
    await expect(restoreBackup(original.url, options)).rejects.toThrow('not empty');
  });

  test('leaves the database empty when it fails at the very end', async () => {
    const failing = restored({
      beforeCommit: async () => {
        throw new Error('the disk is full');
      },
    });
    await expect(failing).rejects.toThrow('the disk is full');
  });

  test('brings an older backup up to this version, and refuses a newer one', async () => {
    const newer = join(folder, 'migrations');
    await mkdir(newer);
    for (const name of await readdir(migrationsDirectory))
      await copyFile(join(migrationsDirectory, name), join(newer, name));
    await writeFile(
      join(newer, '9999-later.sql'),
      "alter table workspace add column later text not null default 'yes';",
    );
    const { database } = await restored({ migrationsDirectory: newer });
    expect(await admin(database, 'select later from workspace')).toEqual([{ later: 'yes' }]);
    await writeBackup(database.url, {
      file: join(folder, 'newer'),
      overwrite: true,
      passphrase,
      key,
      about: { clawster: '9.9.9', dataDirectory: folder },
      sealing,
    });
    await database.close();
    const source = { file: join(folder, 'newer'), passphrase };
    const { manifest } = await verifyBackup(source);
    await expect(restored({ source, verified: manifest })).rejects.toThrow('made by a newer Clawster (9.9.9)');
  });

  test('starts bots anew only when it is told that their machine is gone', async () => {
    const { database } = await restored({ startMissing: true });
    expect(await admin(database, 'select restored_at from bot')).toEqual([{ restored_at: null }]);
    await database.close();
  });

  test('starts no bot that had not been given the memory it was made for', async () => {
    const half = `with one as (
        insert into bot (workspace_id, name, target_id, connector_id, spec, status, phase)
        select workspace_id, $1, target_id, connector_id, spec, status, 'stopped' from bot where id = $2 returning id, workspace_id)
      insert into operation (workspace_id, kind, phase, steps, bot_id, bot_is_new)
      select workspace_id, 'clone', 'running', $3, id, true from one`;
    const steps = (copy: string) => JSON.stringify([{ name: 'copy', state: copy }]);
    await admin(original, half, ['Empty', botId, steps('running')]);
    await admin(original, half, ['Whole', botId, steps('done')]);
    const source = { file: join(folder, 'half'), passphrase };
    await backUp({ file: source.file });
    const { manifest } = await verifyBackup(source);
    const { database } = await restored({ source, verified: manifest, startMissing: true });
    const wanted = `select name, spec->>'desired' as desired, reason like '%before this bot had the memory%' as said
      from bot join operation on operation.bot_id = bot.id where bot_is_new order by name`;
    expect(await admin(database, wanted)).toEqual([
      { name: 'Empty', desired: 'stopped', said: true },
      { name: 'Whole', desired: 'running', said: false },
    ]);
    await database.close();
    await admin(original, "delete from bot where name in ('Empty', 'Whole')");
  });

  test('leaves the bots of this machine in their folder, where that still is', async () => {
    await mkdir(join(folder, 'original', 'bots'), { recursive: true });
    const { database } = await restored();
    expect(await admin(database, "select settings->>'directory' as directory from target")).toEqual([
      { directory: join(folder, 'original', 'bots') },
    ]);
    await database.close();
    await rm(join(folder, 'original'), { recursive: true });
  });
});

test.each([
  ['rises with time', 1, '2026-01-01T00:10:00Z', 600],
  ['rises even when the clock stands behind', 900, '2026-01-01T00:10:00Z', 901],
  ['rises before its own beginning', 1, '2020-01-01T00:00:00Z', 2],
])('the epoch of a restored copy %s', (_, from, now, expected) =>
  expect(epochOfRestore(from, new Date(now))).toBe(expected),
);
