import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutput } from '../output.ts';
import type { World } from '../world.ts';
import { builtApps } from './build.ts';
import { freePort } from './ports.ts';
import { isRunning } from './process-identity.ts';
import { type Claim, claimDataFolder, readRunFile } from './run-file.ts';
import { type Plan, startEverything } from './start-everything.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'clawster-start-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const listens = (port: string, then: string) =>
  `require('node:http').createServer((_, response) => response.end('ok')).listen(${port}, '127.0.0.1', () => { ${then} })`;
const serverThatIsReady = listens(
  'process.env.CLAWSTER_PORT',
  `process.send({ type: 'ready', url: 'http://127.0.0.1:' + process.env.CLAWSTER_PORT, setupToken: 'once' })`,
);
const dashboardThatAnswers = listens('process.env.PORT', '');

/** A clone whose built apps are these few lines of CommonJS. */
async function planWith(
  programs: Record<string, string>,
  signal = new AbortController().signal,
): Promise<Plan & { said: () => string }> {
  for (const { name, file } of builtApps) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), programs[name] ?? '');
  }
  let said = '';
  const sink = { write: (text: string) => (said += text) };
  const world: World = {
    env: { PATH: process.env['PATH'], CLAWSTER_DATABASE_URL: 'secret' },
    stdin: process.stdin,
    stdout: sink,
    stderr: sink,
    interactive: false,
  };
  const claim = (await claimDataFolder(folder)) as Claim;
  const port = (await freePort(0)) as number;
  const steps = { run: <Result>(_: string, work: () => Promise<Result>) => work() };
  return {
    world,
    out: createOutput(world, false),
    steps,
    claim,
    clone: folder,
    dataFolder: folder,
    logFolder: folder,
    port,
    signal,
    said: () => said,
  };
}
const children = () => readRunFile(folder)?.children ?? [];

test('starts both, hands over where it is and the one-time token, and stops both', async () => {
  const plan = await planWith({ server: serverThatIsReady, dashboard: dashboardThatAnswers });
  const running = await startEverything(plan);
  expect(running.ready).toEqual({ type: 'ready', url: `http://127.0.0.1:${plan.port}`, setupToken: 'once' });
  expect(readRunFile(folder)).toMatchObject({
    url: running.ready.url,
    children: [{ name: 'dashboard' }, { name: 'server' }],
  });
  expect(children().every(isRunning)).toBe(true);
  await running.stop();
  expect(children().some(isRunning)).toBe(false);
});

test('a server that cannot start is told with its own sentence, and nothing is left running', async () => {
  const fails = `console.error(JSON.stringify({ level: 60, msg: 'The password for PostgreSQL is wrong' })); process.exit(2)`;
  const plan = await planWith({ server: fails, dashboard: dashboardThatAnswers });
  await expect(startEverything(plan)).rejects.toThrow(
    /server ended with exit code 2 while it started[\s\S]*The password for PostgreSQL is wrong[\s\S]*server\.log/,
  );
  expect(children().some(isRunning)).toBe(false);
});

test('the dashboard is given no secret of the server', async () => {
  const leaks = `if (process.env.CLAWSTER_DATABASE_URL) process.exit(9); ${dashboardThatAnswers}`;
  const running = await startEverything(await planWith({ server: serverThatIsReady, dashboard: leaks }));
  expect(children().filter(isRunning)).toMatchObject([{ name: 'dashboard' }, { name: 'server' }]);
  await running.stop();
});

test('a server that dies later is started again, and this is said', async () => {
  const plan = await planWith({ server: serverThatIsReady, dashboard: dashboardThatAnswers });
  const running = await startEverything(plan);
  const before = children().find(({ name }) => name === 'server');
  process.kill(before?.pid as number, 'SIGKILL');
  await expect
    .poll(() => children().find(({ name }) => name === 'server')?.pid, { timeout: 30_000 })
    .not.toBe(before?.pid);
  expect(plan.said()).toContain('The server was ended by SIGKILL. Starting it again');
  await running.stop();
});

test('an interrupted start stops what it had started', async () => {
  const interrupted = new AbortController();
  const plan = await planWith(
    { server: 'setInterval(() => {}, 1000)', dashboard: dashboardThatAnswers },
    interrupted.signal,
  );
  setTimeout(() => interrupted.abort(new Error('SIGINT')), 300);
  await expect(startEverything(plan)).rejects.toThrow('SIGINT');
  expect(children().some(isRunning)).toBe(false);
});
