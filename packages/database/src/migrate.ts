import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connectionOptions } from './open.ts';
import { DatabaseTrouble, troubleFor } from './trouble.ts';

/** One step of the schema; `checksum` is of its text. */
export type Migration = { name: string; text: string; checksum: string };
type Applied = { name: string; checksum: string };

export const migrationsDirectory = fileURLToPath(new URL('../migrations/', import.meta.url));

/** Brings the database up to this version of Clawster; safe when several processes start at once. Returns what was applied. */
export async function migrate(url: string, directory = migrationsDirectory): Promise<string[]> {
  const client = new pg.Client({ ...connectionOptions(url), application_name: 'clawster migrate' });
  try {
    await client.connect();
    return await applyAll(client, await readMigrations(directory));
  } catch (error) {
    throw troubleFor(error, url);
  } finally {
    await client.end();
  }
}

/** Why these migrations must not be applied to a database with those, or undefined when they may. */
export function whyNotMigrate(applied: Applied[], known: Applied[]): string | undefined {
  for (const [index, { name, checksum }] of applied.entries()) {
    const ours = known[index];
    if (!ours)
      return `The database is newer than this version of Clawster (it has "${name}"): start the version that was used last, or a newer one`;
    if (ours.name !== name)
      return `The database has "${name}" where this version of Clawster has "${ours.name}": they come from different histories, use a fresh database`;
    if (ours.checksum !== checksum)
      return `The migration "${name}" was edited after it was applied: restore it, and write a new migration instead`;
  }
  return undefined;
}

/** The newest migration this version brings. */
export function latestMigration(): Promise<string> {
  return (latest ??= namesIn(migrationsDirectory).then((names) => names.at(-1) ?? ''));
}
let latest: Promise<string> | undefined;

async function namesIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
}

/** All migrations of this version, in their order. */
export async function readMigrations(directory = migrationsDirectory): Promise<Migration[]> {
  const names = await namesIn(directory);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${directory}/${name}`, 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applyAll(client: pg.Client, migrations: Migration[]): Promise<string[]> {
  // One lock for all of Clawster's migrations; waits for another process that is migrating.
  await client.query("select pg_advisory_lock(hashtext('clawster migrate'))");
  await createMigrationTable(client);
  const { rows: applied } = await client.query<Applied>('select name, checksum from migration order by name');
  const reason = whyNotMigrate(applied, migrations);
  if (reason) throw new DatabaseTrouble(reason);
  const due = migrations.slice(applied.length);
  for (const migration of due) await applyPatiently(client, migration);
  return due.map(({ name }) => name);
}

export async function createMigrationTable(client: pg.Client): Promise<void> {
  await client.query(`create table if not exists migration (
    name text primary key, checksum text not null, applied_at timestamptz not null default now())`);
}

/** A migration that had to wait for a lock was undone, and waits its turn without making requests queue behind it. */
async function applyPatiently(client: pg.Client, migration: Migration): Promise<void> {
  for (let left = lockTries - 1; ; left -= 1) {
    try {
      return await applyOne(client, migration);
    } catch (error) {
      const { code } = (error as Error).cause as { code?: string };
      if (code !== lockNotAvailable || left === 0) throw error;
      await sleep(lockPauseMs);
    }
  }
}

const lockNotAvailable = '55P03';
const lockTries = 5;
const lockPauseMs = 500;

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await applyMigration(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new DatabaseTrouble(`The migration "${migration.name}" failed and was undone: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Applies one migration in the transaction that is open. */
export async function applyMigration(client: pg.Client, { name, text, checksum }: Migration): Promise<void> {
  // Rather fail and be tried again than make all requests queue behind a waiting DDL lock.
  await client.query("set local lock_timeout = '2s'");
  await client.query(text);
  await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum]);
}
