import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { processStart } from '../host/process-start.ts';
import { botFolder } from './folder.ts';
import { endOrphan, endStateHolders } from './orphan.ts';

const over: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of over.splice(0)) await end();
});

async function bot() {
  const directory = await mkdtemp(join(tmpdir(), 'orphan-'));
  over.push(() => rm(directory, { recursive: true }));
  return botFolder(directory);
}

/** A process that is nobody's child any more, as a gateway is whose supervisor was killed. */
function left(environment: Record<string, string>): number {
  const command = `setsid ${process.execPath} -e 'setInterval(() => {}, 60000)' > /dev/null 2>&1 & echo $!`;
  const pid = Number(execFileSync('sh', ['-c', command], { env: { ...process.env, ...environment } }));
  over.push(async () => {
    if (await processStart(pid)) process.kill(pid, 'SIGKILL');
  });
  return pid;
}
const runs = async (pid: number) => (await processStart(pid)) !== undefined;

test('the gateway an earlier supervisor wrote down is ended', async () => {
  const folder = await bot();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60000)'], { detached: true });
  const pid = child.pid ?? 0;
  await writeFile(folder.gatewayPid, JSON.stringify({ pid, processStart: await processStart(pid) }));
  expect(await endOrphan(folder)).toBe(true);
  expect(await runs(pid)).toBe(false);
});

test('a process that only got its number is not', async () => {
  const folder = await bot();
  const pid = left({});
  await writeFile(folder.gatewayPid, JSON.stringify({ pid, processStart: '1' }));
  expect(await endOrphan(folder)).toBe(false);
  expect(await runs(pid)).toBe(true);
});

test.runIf(process.platform === 'linux')(
  "whoever else works on this bot's state is ended, and nobody who works on another's",
  async () => {
    const [mine, other] = [await bot(), await bot()];
    const holder = left({ OPENCLAW_STATE_DIR: mine.state });
    const stranger = left({ OPENCLAW_STATE_DIR: other.state });
    await expect.poll(() => runs(holder)).toBe(true);
    expect(await endStateHolders(mine)).toBe(1);
    expect([await runs(holder), await runs(stranger)]).toEqual([false, true]);
  },
);
