import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { botFolder } from '../gateway/folder.ts';
import { takePidFile } from '../host/pid-file.ts';
import { readArchive } from './read-archive.ts';
import { settleImport } from './settle-import.ts';
import { writeArchive } from './write-archive.ts';

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'clawster-archive-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function bot(files: Record<string, string | Buffer> = {}): Promise<string> {
  const directory = join(root, `bot-${++count}`);
  for (const name of ['state', 'workspace']) await mkdir(join(directory, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(directory, name, '..'), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return directory;
}

async function exported(directory: string): Promise<Buffer> {
  const output = new PassThrough();
  const [archive] = await Promise.all([buffer(output), writeArchive(directory, output)]);
  return archive;
}
const text = (directory: string, name: string) => readFile(join(directory, name), 'utf8').catch(() => undefined);

test('files come back as they were: content, time and whether they can be run', async () => {
  const long = `workspace/${'deep/'.repeat(40)}file.txt`;
  const from = await bot({ 'workspace/run.sh': '#!/bin/sh', [long]: 'far', 'state/large': Buffer.alloc(9_000_000, 7) });
  await chmod(join(from, 'workspace/run.sh'), 0o755);
  await mkdir(join(from, 'workspace/empty'));
  await symlink('/etc/passwd', join(from, 'workspace/link'));
  const to = join(root, 'fresh');
  expect(await readArchive(to, Readable.from([await exported(from)]))).toMatchObject({ files: 3, leftOut: 1 });
  expect(await text(to, long)).toBe('far');
  expect((await readFile(join(to, 'state/large'))).equals(Buffer.alloc(9_000_000, 7))).toBe(true);
  expect((await stat(join(to, 'workspace/run.sh'))).mode & 0o777).toBe(0o700);
  expect((await stat(join(to, long))).mode & 0o777).toBe(0o600);
  const [before, after] = await Promise.all([from, to].map((directory) => stat(join(directory, long))));
  expect(Math.abs((before?.mtimeMs ?? 0) - (after?.mtimeMs ?? 0))).toBeLessThan(1_000);
  expect((await readdir(to)).toSorted()).toEqual(['state', 'workspace']);
  expect(await readdir(join(to, 'workspace'))).toContain('empty');
});

/** Moves a coin from one table to the other in each transaction, as fast as it can. */
const busyWriter = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('pragma journal_mode = wal; create table a (n integer); create table b (n integer); insert into a values (100000); insert into b values (0)');
  database.exec('create table ballast (x blob)');
  for (let i = 0; i < 2000; i++) database.exec('insert into ballast values (randomblob(2000))');
  console.log('ready');
  for (;;) database.exec('begin immediate; update a set n = n - 1; update b set n = n + 1; insert into ballast values (randomblob(500)); commit');`;

test('a database is taken between two transactions while another process writes to it', async () => {
  const from = await bot();
  const file = join(from, 'state/openclaw.sqlite');
  const writer = spawn(process.execPath, ['-e', busyWriter, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(writer.stdout, 'data');
    for (let round = 0; round < 3; round += 1) {
      const to = join(root, `copy-${round}`);
      await readArchive(to, Readable.from([await exported(from)]));
      expect(await readdir(join(to, 'state'))).toEqual(['openclaw.sqlite']);
      const copy = new DatabaseSync(join(to, 'state/openclaw.sqlite'));
      expect(copy.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' });
      expect(copy.prepare('select a.n + b.n as coins, b.n > 0 as moved from a, b').get()).toEqual({
        coins: 100_000,
        moved: 1,
      });
      copy.close();
    }
    expect(writer.exitCode).toBeNull();
  } finally {
    writer.kill('SIGKILL');
  }
});

test('a file of the workspace that only begins like a database is taken as it is; one of OpenClaw must be readable', async () => {
  const broken = Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(5_000, 1)]);
  const to = join(root, 'odd');
  await readArchive(to, Readable.from([await exported(await bot({ 'workspace/odd.sqlite': broken }))]));
  expect((await readFile(join(to, 'workspace/odd.sqlite'))).equals(broken)).toBe(true);
  await expect(exported(await bot({ 'state/openclaw.sqlite': broken }))).rejects.toThrow('cannot be read');
});

test('a reader that goes away ends the export, and nothing is left of it', async () => {
  const from = await bot({ 'state/large': Buffer.from(Array.from({ length: 6_000_000 }, () => Math.random() * 256)) });
  const output = new PassThrough({ highWaterMark: 1_000 });
  const writing = writeArchive(from, output);
  output.once('data', () => output.destroy());
  await expect(writing).rejects.toThrow(/close/i);
  expect((await readdir(from)).toSorted()).toEqual(['state', 'workspace']);
});

test.each([
  ['before anything was renamed', []],
  ['with one folder set aside', ['aside state']],
  ['with one folder in place', ['aside state', 'place state']],
  ['with all in place', ['aside state', 'place state', 'aside workspace', 'place workspace']],
])('an import that was killed %s is finished by the next start', async (_, done) => {
  const directory = await bot({ 'state/memory.txt': 'old', 'workspace/notes.md': 'old' });
  const incoming = join(directory, 'incoming');
  for (const name of ['state/memory.txt', 'workspace/notes.md']) {
    await mkdir(join(incoming, name, '..'), { recursive: true });
    await writeFile(join(incoming, name), 'new');
  }
  for (const [move, name] of done.map((step) => step.split(' ') as [string, string])) {
    if (move === 'aside') await rename(join(directory, name), join(incoming, `replaced-${name}`));
    else await rename(join(incoming, name), join(directory, name));
  }
  await settleImport(botFolder(directory));
  expect([await text(directory, 'state/memory.txt'), await text(directory, 'workspace/notes.md')]).toEqual([
    'new',
    'new',
  ]);
  expect((await readdir(directory)).toSorted()).toEqual(['state', 'workspace']);
});

test('what cannot be put in place is put back as it was', async () => {
  const directory = await bot({ 'state/memory.txt': 'old', 'workspace/notes.md': 'old' });
  await mkdir(join(directory, 'incoming/state'), { recursive: true });
  await writeFile(join(directory, 'incoming/state/memory.txt'), 'new');
  // A file where a folder should go: the second rename fails.
  await mkdir(join(directory, 'incoming/workspace'));
  await mkdir(join(directory, 'incoming/replaced-workspace/in-the-way'), { recursive: true });
  await expect(settleImport(botFolder(directory))).rejects.toThrow();
  expect(await text(directory, 'state/memory.txt')).toBe('old');
  await settleImport(botFolder(directory));
  expect(await text(directory, 'state/memory.txt')).toBe('old');
});

test('a bot whose supervisor lives is given no other state', async () => {
  const archive = await exported(await bot({ 'state/memory.txt': 'new' }));
  const directory = await bot({ 'state/memory.txt': 'old' });
  await takePidFile(join(directory, 'supervisor.pid'));
  await expect(readArchive(directory, Readable.from([archive]))).rejects.toThrow('The bot runs');
  expect(await text(directory, 'state/memory.txt')).toBe('old');
  expect(await readdir(directory)).toContain('supervisor.pid');
});

test('where its plugins lay on another host is forgotten, and nothing else', async () => {
  const from = await bot({ 'state/state/some': '' });
  const original = new DatabaseSync(join(from, 'state/state/openclaw.sqlite'));
  original.exec('create table config_machine_state (state_key text primary key, value_json text)');
  const rows = original.prepare('insert into config_machine_state values (?, ?)');
  rows.run('plugins.installedIndex', '{"installPath":"/elsewhere"}');
  rows.run('another', '{}');
  original.close();
  const to = join(root, 'moved');
  await readArchive(to, Readable.from([await exported(from)]));
  const copy = new DatabaseSync(join(to, 'state/state/openclaw.sqlite'), { readOnly: true });
  expect(copy.prepare('select state_key from config_machine_state').all()).toEqual([{ state_key: 'another' }]);
  copy.close();
});
