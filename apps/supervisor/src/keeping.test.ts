import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type BotFolder, botFolder, makeFolder } from './gateway/folder.ts';
import { openKnownGood } from './gateway/known-good.ts';
import { type Host, usualTiming } from './host.ts';
import { isAlive } from './host/process-tree.ts';
import type { Keeper } from './keeper.ts';
import { Keeping } from './keeping.ts';
import { createSecrets } from './secrets.ts';
import { createStatus } from './status.ts';
import { configuration } from './testing/configuration.ts';
import { until } from './testing/link-server.ts';
import { supervised } from './testing/supervised.ts';

const over: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of over.splice(0).toReversed()) await end();
});

/** Does nothing, and does not heed the signal to end. */
const stubbornGateway = `
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 60_000);
`;

async function stubbornRuntime(directory: string) {
  const place = join(directory, 'node_modules', 'openclaw');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'openclaw.mjs'), stubbornGateway);
  const compileCacheDirectory = join(directory, 'compile-cache');
  return { version: '2026.9.6', directory, node: process.execPath, compileCacheDirectory };
}

type Moments = { writesDocument?: () => void; hasSpawned?: () => void; forgets?: (written: string) => void };

/** The keeper of a gateway that never becomes ready; calls back at moments of its start. */
async function keptBot(moments: Moments) {
  const directory = await mkdtemp(join(tmpdir(), 'keeping-'));
  over.push(() => rm(directory, { recursive: true }));
  const folder = botFolder(join(directory, 'bot'));
  await makeFolder(folder);
  const told: string[] = [];
  const status = createStatus(() => undefined);
  const host = {
    workload: { runtime: await stubbornRuntime(join(directory, 'runtime')) },
    folder: tellingOfSpawn(folder, moments),
    log: (_: unknown, message: string) => void told.push(message),
    status,
    spool: { add: () => undefined },
    secrets: createSecrets(),
    ownSecrets: {},
    modelGateway: { port: 1, block: () => undefined, setUpstream: () => moments.writesDocument?.() },
    telegramRelay: { url: 'http://127.0.0.1:1', setUpstream: () => undefined },
    team: { server: { url: 'http://127.0.0.1:1', token: 'none' }, connected: () => undefined, watch: () => () => {} },
    knownGood: await openKnownGood(folder.knownGood, '2026.9.6'),
    timing: usualTiming,
  } as unknown as Host;
  const keeper = new Keeping(host);
  over.push(() => keeper.shutDown());
  return { keeper, status, told, gatewayPid: folder.gatewayPid };
}

/** The file with the gateway's pid is asked for three times: for an orphan before the spawn, to be written right after it, and to be removed once it has ended. */
function tellingOfSpawn(folder: BotFolder, { hasSpawned, forgets }: Moments): BotFolder {
  let asked = 0;
  return Object.defineProperty({ ...folder }, 'gatewayPid', {
    get() {
      asked += 1;
      if (asked === 2) hasSpawned?.();
      if (asked === 3) forgets?.(readFileSync(folder.gatewayPid, 'utf8'));
      return folder.gatewayPid;
    },
  });
}

test.each<[string, (keeper: Keeper) => Promise<void>]>([
  ['the emergency stop', (keeper) => keeper.halt('stop')],
  ['a hold', (keeper) => keeper.hold('repair', { sentence: 'Its state is being repaired', state: 'stopping' })],
])('a gateway that is about to be started is not started any more once %s is answered', async (_, order) => {
  let answer: Promise<void> | undefined;
  const { keeper, told } = await keptBot({ writesDocument: () => void (answer ??= order(keeper)) });
  keeper.configure(configuration());
  await until(() => answer !== undefined, 10_000, 'the order');
  await answer;
  await sleep(1_500);
  expect(told).not.toContain('gateway started');
  expect(keeper.running()).toBeUndefined();
});

test('one that was spawned at that very moment is killed before the emergency stop is answered', async () => {
  let answer: Promise<void> | undefined;
  let givenAt = 0;
  let written: string | undefined;
  const { keeper, gatewayPid } = await keptBot({
    hasSpawned() {
      givenAt = Date.now();
      answer = keeper.halt('stop');
    },
    forgets: (text) => void (written = text),
  });
  keeper.configure(configuration());
  await until(() => answer !== undefined, 10_000, 'the order');
  await answer;
  const { pid } = JSON.parse(written ?? (await readFile(gatewayPid, 'utf8'))) as { pid: number };
  expect(isAlive(pid)).toBe(false);
  expect(Date.now() - givenAt).toBeLessThan(5_000);
});

test('a gateway that is being restarted is not started again once the emergency stop is answered', async () => {
  const bot = await supervised();
  over.push(() => bot.close());
  const log = () => readFile(join(bot.directory, 'logs', 'supervisor.log'), 'utf8');
  const starts = async () => (await log()).split('gateway started').length - 1;
  await bot.configure({});
  await bot.reaches('ready');
  await bot.configure({ generation: 2, restartCount: 1 });
  await bot.link.ask('halt', { mode: 'stop', generation: 2 });
  const before = await starts();
  await expect(readFile(join(bot.directory, 'gateway.pid'))).rejects.toThrow('ENOENT');
  await sleep(1_500);
  expect(await starts()).toBe(before);
  expect(bot.report()).toMatchObject({ state: 'stopped', reason: 'Stopped by the emergency stop' });
});

test('a paused bot that may not run anyway is told as paused, with the reason', async () => {
  const { keeper, status } = await keptBot({});
  keeper.configure({ ...configuration(), desired: 'paused' });
  await keeper.hold('disk', { sentence: 'The bot takes too much of the disk', state: 'failed' });
  expect(status.report()).toMatchObject({ state: 'paused', reason: 'Paused. The bot takes too much of the disk' });
  keeper.configure({ ...configuration(), generation: 2 });
  await until(() => status.report().state === 'failed', 5_000, 'the failure');
  await keeper.halt('stop');
  expect(status.report()).toMatchObject({ state: 'stopped', reason: 'Stopped by the emergency stop' });
});

test('a gateway that only starts is there already to whoever would tidy around it', async () => {
  const { keeper } = await keptBot({});
  const before = Date.now();
  keeper.configure(configuration());
  expect(await until(() => keeper.runningSince(), 10_000, 'its start')).toBeGreaterThanOrEqual(before);
  expect(keeper.running()).toBeUndefined();
  await keeper.halt('stop');
  expect(keeper.runningSince()).toBeUndefined();
});
