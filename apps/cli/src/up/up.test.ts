import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataFolder } from './data-folder.ts';
import { exclusively } from './exclusive.ts';
import { keepRunning } from './keep-running.ts';
import { sentencesOf } from './log-lines.ts';
import { choosePort, freePort, rememberPort } from './ports.ts';
import { identityOf, isRunning, stopProcess } from './process-identity.ts';
import { openRotatingLog } from './rotating-log.ts';
import { type Claim, claimDataFolder, readRunFile } from './run-file.ts';
import { hashSources } from './sources.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'clawster-up-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  test('is for its owner alone', async () => {
    await openDataFolder(join(folder, 'data'));
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    await chmod(join(folder, 'data'), 0o755);
    await openDataFolder(join(folder, 'data'));
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
  });

  test('that cannot be is told with what to do', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openDataFolder(join(folder, 'file'))).rejects.toThrow(/a file is in its place.*--data-dir/);
  });

  test('is held by one run, which a second is told about', async () => {
    const first = (await claimDataFolder(folder)) as Claim;
    first.update({ url: 'http://127.0.0.1:4500' });
    expect(await claimDataFolder(folder)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:4500' });
    first.release();
    const third = (await claimDataFolder(folder)) as Claim;
    third.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('of a killed run is taken over, and what it left is ended', async () => {
    let leftPid = 0;
    const left = keepRunning({
      name: 'left',
      file: await program('setInterval(() => {}, 1000)'),
      env: process.env,
      logPath: join(folder, 'log'),
      onDeath: () => undefined,
      onStart: (pid) => (leftPid = pid),
    });
    await expect.poll(() => leftPid).toBeGreaterThan(0);
    const identity = identityOf(leftPid);
    const dead = { pid: 2 ** 22 + 1, started: '1', startedAt: '', children: [{ name: 'left', ...identity }] };
    await writeFile(join(folder, 'up.json'), JSON.stringify(dead));
    const claim = (await claimDataFolder(folder)) as Claim;
    expect(readRunFile(folder)?.pid).toBe(process.pid);
    expect(identity && isRunning(identity)).toBe(false);
    claim.release();
    await left.stop(1_000);
  });
});

describe('a port', () => {
  async function taken(): Promise<{ port: number; close: () => void }> {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  }

  test('that is taken is refused, naming who has it', async () => {
    const { port, close } = await taken();
    await expect(choosePort(folder, port, '127.0.0.1')).rejects.toThrow(
      new RegExp(`Port ${port} is taken by .*\\(process ${process.pid}\\)`),
    );
    close();
  });

  test('used last is used again, and another when it is taken', async () => {
    const free = (await freePort(0)) as number;
    await rememberPort(folder, free);
    expect(await choosePort(folder, undefined, '127.0.0.1')).toBe(free);
    const { port, close } = await taken();
    await rememberPort(folder, port);
    expect(await choosePort(folder, undefined, '127.0.0.1')).not.toBe(port);
    close();
  });
});

async function program(source: string): Promise<string> {
  const file = join(folder, 'program.mjs');
  await writeFile(file, source);
  return file;
}

describe('a child', () => {
  test('that dies is started again', async () => {
    const deaths: string[] = [];
    const starts: number[] = [];
    const child = keepRunning({
      name: 'child',
      file: await program('console.log("hello"); process.exit(7)'),
      env: process.env,
      logPath: join(folder, 'log'),
      onDeath: (why) => deaths.push(why),
      onStart: (pid) => starts.push(pid),
    });
    await expect.poll(() => starts.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
    await child.stop(1_000);
    expect(deaths[0]).toBe('ended with exit code 7');
    expect(child.lastLines()[0]).toBe('hello');
    expect(await readFile(join(folder, 'log'), 'utf8')).toContain('hello');
  });

  test('that does not end when asked is ended by force', async () => {
    let up = false;
    let pid = 0;
    const child = keepRunning({
      name: 'child',
      file: await program('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); process.send({ up: true })'),
      env: process.env,
      logPath: join(folder, 'log'),
      onDeath: () => undefined,
      onMessage: () => (up = true),
      onStart: (started) => (pid = started),
    });
    await expect.poll(() => up, { timeout: 30_000 }).toBe(true);
    const identity = identityOf(pid);
    await child.stop(200);
    expect(identity && isRunning(identity)).toBe(false);
  });
});

test('a process that is long gone is not taken for the one that has its pid now', async () => {
  const self = identityOf(process.pid);
  expect(self && isRunning(self)).toBe(true);
  expect(isRunning({ pid: process.pid, started: '1' })).toBe(false);
  expect(await stopProcess({ pid: process.pid, started: '1' }, 100)).toBe('gone');
});

test('a log stays within its size and keeps the files before it', async () => {
  const log = openRotatingLog(join(folder, 'log'), { bytesMax: 10, keep: 2 });
  for (const text of ['one-----', 'two-----', 'three---', 'four----']) log.write(text);
  log.close();
  const files = (await readdir(folder)).sort();
  expect(files).toEqual(['log', 'log.1', 'log.2']);
  expect(await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).toEqual([
    'four----',
    'three---',
    'two-----',
  ]);
});

test('the same work is done by one at a time, also after one was killed', async () => {
  const lock = join(folder, 'lock');
  await writeFile(lock, JSON.stringify({ pid: 2 ** 22 + 1, started: '1' }));
  let inside = 0;
  const work = async () => {
    expect(++inside).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inside -= 1;
  };
  await Promise.all([exclusively(lock, work), exclusively(lock, work)]);
  expect(await readdir(folder)).toEqual([]);
});

test('of JSON log lines people are shown the errors, as sentences', () => {
  const lines = [
    '{"level":30,"msg":"starting"}',
    '{"level":60,"msg":"Cannot connect","err":{"message":"password authentication failed"}}',
  ];
  expect(sentencesOf(lines)).toEqual(['Cannot connect: password authentication failed']);
  expect(sentencesOf(['plain'])).toEqual(['plain']);
});

test('sources are an app and the packages it needs, without tests and what was built', async () => {
  await writeFile(join(folder, 'pnpm-lock.yaml'), '');
  for (const [path, text] of [
    ['apps/server/package.json', '{"name":"@clawster/server","dependencies":{"@clawster/contract":"workspace:*"}}'],
    ['apps/server/src/main.ts', '1'],
    ['packages/contract/package.json', '{"name":"@clawster/contract"}'],
    ['packages/contract/src/a.ts', '1'],
    ['packages/other/package.json', '{"name":"@clawster/other"}'],
    ['targets/.keep', ''],
  ] as const) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const before = await hashSources(folder, 'server');
  await writeFile(join(folder, 'packages/contract/src/a.test.ts'), '2');
  await writeFile(join(folder, 'packages/other/a.ts'), '2');
  expect(await hashSources(folder, 'server')).toBe(before);
  await writeFile(join(folder, 'packages/contract/src/a.ts'), '2');
  expect(await hashSources(folder, 'server')).not.toBe(before);
});
