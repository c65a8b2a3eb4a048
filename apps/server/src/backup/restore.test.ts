import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKey } from '@clawster/control-plane/secret/key-wrapper';
import { writeBackup } from '@clawster/database/backup/write-backup';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { socketOf, urlThrough } from '@clawster/database/testing-way';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { type Restore, restore } from './restore.ts';
import { unfinishedRestore } from './unfinished-restore.ts';

const passphrase = 'a passphrase for tests';
const key = randomBytes(32);
let folder: string;
let database: TestDatabase;
let way: Way;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-restore-'));
  await backUp('backup');
  database = await testDatabase({ empty: true });
  way = await wayTo(database.url);
});
afterEach(async () => {
  way.server.close();
  await database.close();
  await rm(folder, { recursive: true });
});

async function backUp(name: string): Promise<void> {
  const original = await testDatabase();
  await writeBackup(original.url, {
    file: join(folder, name),
    overwrite: false,
    passphrase,
    key,
    about: { clawster: '0.0.0', dataDirectory: join(folder, randomUUID()) },
    sealing: { cost: 2 ** 14, chunkBytes: 65_536 },
  });
  await original.close();
}

type AtCommit = 'goes-on' | 'lost-before' | 'lost-after' | 'lost-after-for-good';
type Way = { url: string; server: Server; atCommit: AtCommit };

/** A way to the database that may be lost when a transaction is committed. */
async function wayTo(url: string): Promise<Way> {
  const socket = socketOf(url);
  const server = createServer((near) => pass(near, connect(socket)));
  return { url: await urlThrough(server, url), server, atCommit: 'goes-on' };
}

function pass(near: Socket, far: Socket): void {
  for (const socket of [near, far]) socket.on('error', () => undefined);
  if (way.atCommit === 'lost-after-for-good' && restoring) near.destroy();
  let isLost = false;
  near.on('data', (data) => {
    if (restoring && way.atCommit !== 'goes-on' && data.includes('commit\0')) {
      isLost = true;
      restoring = way.atCommit === 'lost-after-for-good';
    }
    if (isLost && way.atCommit === 'lost-before') far.destroy();
    else far.write(data);
  });
  far.on('data', (data) => void (isLost ? near.destroy() : near.write(data)));
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
}

/** From the first row that is written until the connection is lost: other transactions are of no interest. */
let restoring = false;

let keyPlace = 'file';
const config = () =>
  parseConfig({ CLAWSTER_DATA_DIR: join(folder, 'copy'), CLAWSTER_DATABASE_URL: way.url, CLAWSTER_KEY: keyPlace });
const run = (some: Partial<Restore> = {}) => {
  restoring = false;
  return restore(config(), {
    file: join(folder, 'backup'),
    passphrase,
    startMissing: false,
    onProgress: ({ step }) => void (restoring ||= step === 'write'),
    ...some,
  });
};
const left = async () => ({
  key: (await readKey(join(folder, 'copy', 'kek')))?.equals(key),
  note: await unfinishedRestore(join(folder, 'copy')),
});

test('a connection lost while the commit was answered costs neither the key nor the note, and the next run ends it', async () => {
  way.atCommit = 'lost-after';
  await expect(run()).rejects.toThrow();
  const { key: isKept, note } = await left();
  expect(isKept).toBe(true);
  expect(note).toBeDefined();
  way.atCommit = 'goes-on';
  expect((await run()).installation).toEqual({ id: note?.id, epoch: note?.epoch });
  expect(await left()).toEqual({ key: true, note: undefined });
});

test('one that was rolled back leaves a folder as empty as before', async () => {
  way.atCommit = 'lost-before';
  await expect(run()).rejects.toThrow();
  expect(await readdir(join(folder, 'copy'))).toEqual([]);
  way.atCommit = 'goes-on';
  await run();
  expect(await left()).toEqual({ key: true, note: undefined });
});

test('a database that cannot be asked any more may hold all: key and note stay', async () => {
  way.atCommit = 'lost-after-for-good';
  await expect(run()).rejects.toThrow();
  expect(await left()).toEqual({ key: true, note: expect.anything() });
});

test('naming another backup after one that was committed takes nothing away', async () => {
  way.atCommit = 'lost-after';
  await expect(run()).rejects.toThrow();
  const before = await left();
  await backUp('other');
  way.atCommit = 'goes-on';
  await expect(run({ file: join(folder, 'other') })).rejects.toThrow('earlier restore of another backup');
  expect(await left()).toEqual(before);
  expect((await run()).installation.epoch).toBe(before.note?.epoch);
});

test('a key that is kept elsewhere is never overwritten or taken away, and the backup’s own may lie there already', async () => {
  const [file, other] = [join(folder, 'elsewhere'), randomBytes(32)];
  const place = (one: Buffer) => writeFile(file, one.toString('base64'), { mode: 0o600 });
  keyPlace = `file:${file}`;
  try {
    await place(other);
    await expect(run()).rejects.toThrow(`The key in ${file} is not the backup's`);
    expect(await readKey(file)).toEqual(other);
    expect(await readdir(join(folder, 'copy'))).toEqual([]);
    await place(key);
    const { ino } = await stat(file);
    await run();
    expect((await stat(file)).ino).toBe(ino);
  } finally {
    keyPlace = 'file';
  }
});
