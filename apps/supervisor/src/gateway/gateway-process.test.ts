import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { processStart } from '../host/process-start.ts';
import type { Workload } from '../workload.ts';
import { botFolder, makeFolder } from './folder.ts';
import { startGatewayProcess } from './gateway-process.ts';

const over: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of over.splice(0).toReversed()) await end();
});

/** Starts what a tool of its bot might: a process whose parent is gone, that ignores being asked to end, and keeps the output. */
const forkingGateway = `
  import { spawn } from 'node:child_process';
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 60000)';
  const command = 'setsid "$0" -e "$1" & echo $! > "$OPENCLAW_STATE_DIR/child"';
  spawn('sh', ['-c', command, process.execPath, stubborn], { stdio: 'inherit' });
  if (process.env.HOME.includes('short-lived')) setTimeout(() => process.exit(3), 300);
  else setInterval(() => {}, 60_000);
`;

const runs = async (pid: number) => (await processStart(pid)) !== undefined;

async function forking(name: string) {
  const directory = await mkdtemp(join(tmpdir(), `${name}-`));
  over.push(() => rm(directory, { recursive: true }));
  const place = join(directory, 'runtime', 'node_modules', 'openclaw');
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'openclaw.mjs'), forkingGateway);
  const folder = botFolder(join(directory, 'bot'));
  await makeFolder(folder);
  const runtime = {
    version: '2026.9.6',
    directory: join(directory, 'runtime'),
    node: process.execPath,
    compileCacheDirectory: join(directory, 'compile-cache'),
  };
  const gateway = await startGatewayProcess({ runtime } as Workload, folder, new AbortController());
  const child = await expect
    .poll(() => readFile(join(folder.state, 'child'), 'utf8').catch(() => ''), { timeout: 10_000 })
    .not.toBe('')
    .then(async () => Number(await readFile(join(folder.state, 'child'), 'utf8')));
  over.push(async () => void ((await runs(child)) && process.kill(child, 'SIGKILL')));
  return { gateway, child };
}

test.runIf(process.platform === 'linux')('killed, a gateway takes with it what left its tree', async () => {
  const { gateway, child } = await forking('kill');
  const since = Date.now();
  await gateway.kill();
  await expect.poll(() => runs(child), { timeout: 500 }).toBe(false);
  expect(await runs(gateway.pid)).toBe(false);
  expect(Date.now() - since).toBeLessThan(3_000);
});

test.runIf(process.platform === 'linux')('stopped, it does as well, though that ignores being asked', async () => {
  const { gateway, child } = await forking('stop');
  await gateway.stop();
  await expect.poll(() => runs(child), { timeout: 500 }).toBe(false);
  expect(await runs(gateway.pid)).toBe(false);
});

test('that it ended is told though what it left behind holds its output open', async () => {
  const { gateway } = await forking('short-lived');
  expect(await gateway.exited).toMatchObject({ code: 3 });
});
