import { randomBytes, randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { connectionOptions } from '../open.ts';
import { BackupTrouble } from './backup-trouble.ts';
import { quoted, sequencesOf, tablesOf } from './catalogue.ts';
import { writeFrame } from './frames.ts';
import type { Manifest, TableShape, Totals } from './manifest.ts';
import { seal, type Sealing } from './sealed-file.ts';

export type BackupOptions = {
  file: string;
  overwrite: boolean;
  passphrase: string;
  /** The key-encryption key, as its file holds it. */
  key: Buffer;
  about: { clawster: string; dataDirectory: string };
  /** Throws to end the backup. */
  onProgress?: (progress: { table: string; rows: number; bytes: number }) => void;
  /** How dear a guess of the passphrase is, for tests. */
  sealing?: Sealing;
};
export type Backup = Totals & { bytes: number; installation: Manifest['installation']; madeAt: string };

/**
 * Writes the whole database as it is at one moment, with its key, encrypted, into a file that is complete or not there.
 * Nothing waits for it: it reads from a snapshot, in a transaction that has no number and so holds up no event.
 */
export async function writeBackup(url: string, options: BackupOptions): Promise<Backup> {
  const file = resolve(options.file);
  if (!options.overwrite) await refuseToOverwrite(file);
  const client = new pg.Client({ ...connectionOptions(url), application_name: 'clawster backup' });
  await client.connect();
  // Said by the query that fails; unheard, the event would end the process.
  client.on('error', () => undefined);
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query("select set_config('clawster.system', 'on', true), set_config('statement_timeout', '0', true)");
    const manifest = await manifestOf(client, options);
    const totals: Totals = { tables: 0, rows: 0 };
    const bytes = await writeAside(file, (count) => frames(client, { manifest, totals, options, count }), options);
    return { ...totals, bytes, installation: manifest.installation, madeAt: manifest.madeAt };
  } finally {
    await client.end();
  }
}

async function refuseToOverwrite(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found) throw new BackupTrouble(`${file} is there already: choose another name, or replace it with --force`);
}

async function manifestOf(client: pg.Client, { about }: BackupOptions): Promise<Manifest> {
  const { rows: found } = await client.query("select to_regclass('public.installation') is not null as there");
  if (!found[0]?.there)
    throw new BackupTrouble('The database is that of an older Clawster: start this version once, which brings it up');
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    'select name, checksum from migration order by name',
  );
  const { rows } = await client.query<Manifest['installation']>('select id, epoch from installation');
  return {
    version: 1,
    backupId: randomUUID(),
    madeAt: new Date().toISOString(),
    ...about,
    installation: rows[0] as Manifest['installation'],
    migrations,
    tables: await tablesOf(client),
    sequences: await sequencesOf(client),
  };
}

type Counter = { bytes: number };
type Writing = { manifest: Manifest; totals: Totals; options: BackupOptions; count: Counter };

async function* frames(client: pg.Client, writing: Writing): AsyncGenerator<Buffer> {
  const { manifest, totals, options } = writing;
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  yield writeFrame({ kind: 'manifest', bytes: json(manifest) });
  yield writeFrame({ kind: 'key', bytes: options.key });
  for (const table of manifest.tables) {
    const rows = yield* rowsOf(client, table, writing);
    yield writeFrame({ kind: 'table-end', bytes: json({ table: table.name, rows }) });
    totals.tables += 1;
    totals.rows += rows;
  }
  yield writeFrame({ kind: 'end', bytes: json(totals) });
}

/** By a query rather than by name: COPY reads a partitioned table, and one behind row-level security, in no other way. */
async function* rowsOf(
  client: pg.Client,
  { name, columns }: TableShape,
  { options, count }: Writing,
): AsyncGenerator<Buffer, number> {
  const copy = client.query(copyTo(`copy (select ${columns.map(quoted).join(', ')} from ${quoted(name)}) to stdout`));
  let rows = 0;
  for await (const bytes of copy as AsyncIterable<Buffer>) {
    rows += rowsIn(bytes);
    yield writeFrame({ kind: 'rows', bytes });
    options.onProgress?.({ table: name, rows, bytes: count.bytes });
  }
  return rows;
}

/** In COPY's text format a line break within a value is written as two letters: each one is the end of a row. */
export function rowsIn(bytes: Buffer): number {
  let rows = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows += 1;
  return rows;
}

/** Written beside its place, on the disk before it gets its name: whoever sees the file sees all of it. */
async function writeAside(
  file: string,
  content: (count: Counter) => AsyncIterable<Buffer>,
  { passphrase, overwrite, sealing }: BackupOptions,
): Promise<number> {
  const aside = `${file}.${randomBytes(6).toString('hex')}.partial`;
  const count: Counter = { bytes: 0 };
  const handle = await openAside(aside);
  try {
    await pipeline(
      content(count),
      createZstdCompress(),
      (compressed: AsyncIterable<Buffer>) => seal(compressed, passphrase, sealing),
      async (sealed: AsyncIterable<Buffer>) => {
        for await (const bytes of sealed) {
          await handle.writeFile(bytes);
          count.bytes += bytes.length;
        }
      },
    );
    await handle.sync();
    await handle.close();
    if (!overwrite) await refuseToOverwrite(file);
    await rename(aside, file);
    await syncFolder(dirname(file));
    return count.bytes;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? new BackupTrouble(`The disk of ${file} is full: free some space, or write the backup elsewhere`, {
          cause: error,
        })
      : error;
  } finally {
    await handle.close().catch(() => undefined);
    await rm(aside, { force: true });
  }
}

async function openAside(aside: string) {
  try {
    return await open(aside, 'wx', 0o600);
  } catch (cause) {
    throw new BackupTrouble(
      `The backup cannot be written to ${dirname(aside)} (${(cause as NodeJS.ErrnoException).code}): choose a folder that exists and that you can write to`,
      { cause },
    );
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
