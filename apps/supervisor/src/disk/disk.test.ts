import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { botFolder, makeFolder, type BotFolder } from '../gateway/folder.ts';
import { usualTiming, type Host } from '../host.ts';
import { holdLogs, mayWriteLogs } from '../host/log.ts';
import { createStatus } from '../status.ts';
import { bytesOf } from './measure.ts';
import { tidy } from './tidy.ts';
import { watchDisk } from './watch-disk.ts';

const megabyte = 1_000_000;
const hourMs = 3_600_000;
const folders: string[] = [];
afterEach(async () => {
  holdLogs(false);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function bot(): Promise<BotFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'disk-'));
  folders.push(directory);
  const folder = botFolder(directory);
  await makeFolder(folder);
  return folder;
}

async function put(file: string, { bytes = 10, hoursAgo = 0 } = {}): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.alloc(bytes));
  const at = new Date(Date.now() - hoursAgo * hourMs);
  await utimes(file, at, at);
}

const files = async (folder: BotFolder) => {
  const entries = await readdir(folder.directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();
};

/** A bot with a bit of everything, old and new. */
async function lived(): Promise<BotFolder> {
  const folder = await bot();
  await put(join(folder.temporary, 'old', 'old-temp'), { hoursAgo: 2 });
  await put(join(folder.temporary, 'new-temp'));
  await put(join(folder.temporary, 'plugin-captures-7', 'capture'), { hoursAgo: 2 });
  await put(join(folder.temporary, 'openclaw-state-locks-0', 'held'), { hoursAgo: 2 });
  await put(join(folder.state, 'tmp', 'openclaw-0', 'gateway.state.lock'), { hoursAgo: 2 });
  await put(join(folder.home, '.npm', '_cacache', 'package'), { hoursAgo: 2 });
  await put(join(folder.state, 'agents', 'main', 'sessions'), { hoursAgo: 2 });
  await put(`${folder.gatewayLog}.1`);
  await put(folder.gatewayLog);
  return folder;
}
const kept = ['gateway.log', 'gateway.state.lock', 'held', 'sessions'];

test('beside a gateway that runs, only what is older than it is tidied, and never what it runs from', async () => {
  const folder = await lived();
  await tidy(folder, Date.now() - hourMs);
  expect(await files(folder)).toEqual(['capture', ...kept, 'new-temp'].toSorted());
});

test('without a gateway all that can be made anew is tidied; state, locks and logs stay', async () => {
  const folder = await lived();
  const before = await bytesOf(folder.directory);
  const freed = await tidy(folder, undefined);
  expect(await files(folder)).toEqual(kept);
  expect(freed).toBe(before - (await bytesOf(folder.directory)));
});

test.each([
  ['beside a gateway', Date.now() - hourMs],
  ['without one', undefined],
])('%s an empty folder that somebody is just making stays, and an old one goes', async (_, runningSince) => {
  const folder = await bot();
  for (const name of ['old', 'new']) await mkdir(join(folder.temporary, name));
  await utimes(join(folder.temporary, 'old'), 0, 0);
  await tidy(folder, runningSince);
  expect(await readdir(folder.temporary)).toEqual(['new']);
});

/** A watch over a bot with a limit of 10 MB, whose gateway is stopped and started by what it is told. */
async function watched(free = () => 5e9) {
  const folder = await bot();
  const status = createStatus(() => {});
  const told: (string | undefined)[] = [];
  let clock = 0;
  const look = watchDisk({ folder, status, timing: { ...usualTiming, diskLookMs: 1e9 } } as Host, {
    bytesMax: () => 10 * megabyte,
    runningSince: () => (told.at(-1) === undefined ? 1 : undefined),
    onFull: async (sentence) => void told.push(sentence),
    free: async () => free(),
    now: () => clock,
  });
  return {
    folder,
    status,
    told,
    /** Looks when the next measure is due. */
    look: () => {
      clock += hourMs;
      return look.look();
    },
    glance: () => look.look(),
  };
}

test('what a bot takes is measured and told', async () => {
  const { folder, status, look } = await watched();
  await put(join(folder.state, 'data'), { bytes: 3 * megabyte });
  await look();
  expect(status.report().diskBytes).toBeGreaterThanOrEqual(3 * megabyte);
  expect(await bytesOf(folder.directory)).toBe(status.report().diskBytes);
});

test('it is not measured at every look, but when the disk lost much', async () => {
  let free = 5e9;
  const { folder, status, look, glance } = await watched(() => free);
  await look();
  await put(join(folder.state, 'data'), { bytes: 3 * megabyte });
  await glance();
  expect(status.report().diskBytes).toBeLessThan(megabyte);
  free -= 200 * megabyte;
  await glance();
  expect(status.report().diskBytes).toBeGreaterThan(megabyte);
});

test('a look that takes long is not begun a second time meanwhile', async () => {
  let asked = 0;
  const { glance } = await watched(() => {
    asked += 1;
    return 5e9;
  });
  await glance();
  const once = asked;
  await Promise.all([glance(), glance()]);
  expect(asked - once).toBe(1);
});

test('a bot that comes near its limit is tidied, and goes on', async () => {
  const { folder, told, status, look } = await watched();
  await put(join(folder.temporary, 'old'), { bytes: 9.5 * megabyte, hoursAgo: 1e5 });
  await put(join(folder.temporary, 'older'), { bytes: 1 });
  await utimes(join(folder.temporary, 'old'), 0, 0);
  await look();
  expect(told).toEqual([]);
  expect(status.report().diskBytes).toBeLessThan(megabyte);
});

test('a bot over its limit is stopped with the reason, and started again when there is room', async () => {
  const { folder, told, look, glance } = await watched();
  await put(join(folder.workspace, 'big'), { bytes: 11 * megabyte });
  await look();
  expect(told).toEqual([expect.stringMatching(/^The bot takes 0\.01 GB of the disk, its limit is 0\.01 GB/)]);
  await glance();
  expect(told).toHaveLength(1);
  await rm(join(folder.workspace, 'big'));
  await glance();
  expect(told).toEqual([expect.any(String), undefined]);
});

test('a bot whose plugins copied themselves over the limit is tidied while it is stopped, and starts again at once', async () => {
  const { folder, told, look } = await watched();
  await put(join(folder.temporary, 'plugin-captures-1', 'copy'), { bytes: 11 * megabyte });
  await look();
  expect(told).toEqual([expect.any(String), undefined]);
});

test("while the host's own disk is nearly full, the bot works on degraded and writes no logs", async () => {
  let free = 0.4e9;
  const { status, look } = await watched(() => free);
  status.set('ready', 'All is well');
  await look();
  expect(status.report()).toMatchObject({
    state: 'degraded',
    reason: expect.stringMatching(/^Only 0\.40 GB are free/),
  });
  expect(mayWriteLogs()).toBe(false);
  free = 5e9;
  await look();
  expect(status.report()).toMatchObject({ state: 'ready', reason: 'All is well' });
  expect(mayWriteLogs()).toBe(true);
});
