import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { applyMigration, createMigrationTable, type Migration, readMigrations, whyNotMigrate } from '../migrate.ts';
import { connectionOptions } from '../open.ts';
import { troubleFor } from '../trouble.ts';
import { settleIn } from './after-restore.ts';
import { BackupTrouble } from './backup-trouble.ts';
import { quoted, referencesOf } from './catalogue.ts';
import type { Frame } from './frames.ts';
import { type Manifest, TableEnd, type TableShape, type Totals } from './manifest.ts';
import { type Content, openBackup, type Source } from './read-backup.ts';

export type RestoreOptions = {
  source: Source;
  /** What `verifyBackup` found; the restore stops if the file is another one by now. */
  verified: Manifest;
  epoch: number;
  /** Where this copy keeps its own data. */
  dataDirectory: string;
  /** Bots that are not found where they ran are started anew: their machine is gone for good. */
  startMissing: boolean;
  migrationsDirectory?: string;
  /** Throws to end the restore. */
  onProgress?: (progress: { table: string; rows: number }) => void;
  /** Called with the key once all is in, right before it is committed. */
  beforeCommit: (key: Buffer) => Promise<void>;
};

/**
 * Fills an empty database from a verified backup in one transaction, schema and all: under the migrations it was made
 * with, and then brought up to this version. Whatever happens on the way, the database is empty or complete.
 */
export async function restoreBackup(url: string, options: RestoreOptions): Promise<Totals & { migrated: string[] }> {
  const migrations = await readMigrations(options.migrationsDirectory);
  const reason = whyNotRestore(options.verified, migrations);
  if (reason) throw new BackupTrouble(reason);
  const client = new pg.Client({ ...connectionOptions(url), application_name: 'clawster restore' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin');
    await client.query(
      "select set_config('clawster.system', 'on', true), set_config('clawster.retention', 'on', true), set_config('statement_timeout', '0', true)",
    );
    await client.query(alone);
    await refuseUnlessEmpty(client);
    const done = await fill(client, migrations, options);
    await client.query('commit');
    return done;
  } catch (error) {
    throw error instanceof BackupTrouble ? error : troubleFor(error, url);
  } finally {
    await client.end();
  }
}

/** One restore into a database at a time: the next one, and who asks what it left, waits until its transaction has ended. */
const alone = "select pg_advisory_xact_lock(hashtext('clawster restore'))";
const endsWithin = '10s';

/** Why a backup cannot be restored by this version, or undefined when it can. */
export function whyNotRestore(manifest: Manifest, known: Pick<Migration, 'name' | 'checksum'>[]): string | undefined {
  if (manifest.migrations.length > known.length)
    return `This backup was made by a newer Clawster (${manifest.clawster}): restore it with that version or a newer one`;
  return whyNotMigrate(manifest.migrations, known)?.replace('The database', 'The backup');
}

/** Whether this database holds what an earlier, unfinished restore of the same backup committed. */
export async function holdsRestored(url: string, copy: { id: string; epoch: number }): Promise<boolean> {
  const client = new pg.Client(connectionOptions(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await waitForOther(client);
    const { rows: tables } = await client.query("select to_regclass('public.installation') is not null as there");
    if (!tables[0]?.there) return false;
    const { rows } = await client.query('select 1 from installation where id = $1 and epoch = $2', [
      copy.id,
      copy.epoch,
    ]);
    return rows.length > 0;
  } catch (error) {
    throw error instanceof BackupTrouble ? error : troubleFor(error, url);
  } finally {
    await client.end();
  }
}

/** A connection that broke may have left its transaction, even its COMMIT, at work on the server. */
async function waitForOther(client: pg.Client): Promise<void> {
  await client.query(`begin; set local lock_timeout = '${endsWithin}'`);
  await client.query(alone).catch((cause: { code?: string }) => {
    if (cause.code !== '55P03') throw cause;
    throw new BackupTrouble('Another restore into this database has not ended: wait a moment, then try again', {
      cause,
    });
  });
  await client.query('commit');
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') limit 1",
  );
  if (rows[0])
    throw new BackupTrouble(
      `The database is not empty (it has "${rows[0].name}"): a backup is restored into an empty one alone. Create another and name it in CLAWSTER_DATABASE_URL`,
    );
}

async function fill(client: pg.Client, migrations: Migration[], options: RestoreOptions) {
  const content = await openBackup(options.source);
  const { manifest, key } = content;
  if (manifest.backupId !== options.verified.backupId)
    throw new BackupTrouble('The file was replaced by another backup meanwhile: run the same command again');
  const asMade = migrations.slice(0, manifest.migrations.length);
  const since = migrations.slice(manifest.migrations.length);
  await createMigrationTable(client);
  for (const migration of asMade) await applyMigration(client, migration);
  const totals = await copyIn(client, content, options);
  for (const sequence of manifest.sequences)
    await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint, $4)', [
      `public.${quoted(sequence.table)}`,
      sequence.column,
      sequence.last,
      sequence.used,
    ]);
  await settleIn(client, manifest, options);
  for (const migration of since) await applyMigration(client, migration);
  await options.beforeCommit(key);
  return { ...totals, migrated: since.map(({ name }) => name) };
}

/**
 * PostgreSQL copies nothing into a table behind row-level security, and tables may refer to one another in a circle: walls
 * and references are taken down, and stand again, checked against every row, before anyone can look.
 */
async function copyIn(client: pg.Client, { manifest, frames }: Content, options: RestoreOptions): Promise<Totals> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity",
  );
  const walled = rows.map(({ name }) => quoted(name));
  const references = await referencesOf(client);
  for (const name of walled) await client.query(`alter table ${name} no force row level security`);
  for (const { table, name } of references) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
  // What a migration puts into its own table is in the backup too.
  if (manifest.tables.length > 0)
    await client.query(`truncate ${manifest.tables.map(({ name }) => quoted(name)).join(', ')}`);
  const totals: Totals = { tables: 0, rows: 0 };
  for (const table of manifest.tables) {
    totals.rows += await copyTable(client, table, { frames, onProgress: options.onProgress });
    totals.tables += 1;
  }
  for (const { table, name, declared } of references)
    await client.query(`alter table ${table} add constraint ${quoted(name)} ${declared}`);
  for (const name of walled) await client.query(`alter table ${name} force row level security`);
  return totals;
}

type Feed = { frames: AsyncGenerator<Frame>; onProgress: RestoreOptions['onProgress'] };

async function copyTable(client: pg.Client, { name, columns }: TableShape, feed: Feed): Promise<number> {
  const copy = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  const failed = once(copy, 'error').then(([error]) => {
    throw error;
  });
  failed.catch(() => undefined);
  for (;;) {
    const { value: frame, done } = await feed.frames.next();
    if (done || (frame.kind !== 'rows' && frame.kind !== 'table-end'))
      throw new BackupTrouble(`The backup ends in the middle of "${name}"`);
    if (frame.kind === 'rows') {
      if (!copy.write(frame.bytes)) await Promise.race([once(copy, 'drain'), failed]);
      feed.onProgress?.({ table: name, rows: copy.rowCount ?? 0 });
      continue;
    }
    const finished = once(copy, 'finish');
    copy.end();
    await Promise.race([finished, failed]);
    const { rows } = TableEnd.parse(JSON.parse(frame.bytes.toString()));
    if (copy.rowCount !== rows)
      throw new BackupTrouble(`Of ${rows} rows of "${name}" ${copy.rowCount} arrived: nothing was written`);
    return rows;
  }
}
