import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describeTarget, type TargetUnderTest } from '@clawster/target/conformance';
import type { Workload } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { expect, test } from 'vitest';
import { thisMachine } from './process.ts';

const run = promisify(execFile);
const { joinToken } = someWorkload({ botId: 'any', supervisor: { file: '', version: '' } });
/** The real one, for what it alone can do: pack and unpack a bot's state. */
const realSupervisor = join(import.meta.dirname, '../../../apps/supervisor/src/main.ts');
const supervisorFile = join(import.meta.dirname, '../../../packages/target/src/testing/tiny-supervisor.mjs');

describeTarget('process', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-process-'));
  // Short, so that a stubborn bot is killed soon.
  const settings = thisMachine.settings.parse({ directory, stopTimeoutMs: 1500 });
  const connect = () => thisMachine.connect(settings);
  const file = (botId: string, name: string) => join(directory, botId, name);

  const under: TargetUnderTest = {
    connect,
    workload: (botId, { behaviour } = {}) =>
      someWorkload({ botId, supervisor: { file: supervisorFile, version: behaviour ?? '1.0.0' } }),
    tools: { node: process.execPath, supervisor: { file: realSupervisor, version: '1.0.0' } },
    runningCount: async (botId) => (await pidsOf(join(directory, botId))).length,
    gatewayCount: async (botId) => (await processesOf(join(directory, botId), '-e')).length,
    async received(botId) {
      if (!existsSync(file(botId, 'seen.json'))) return undefined;
      const seen = JSON.parse(await readFile(file(botId, 'seen.json'), 'utf8')) as Workload & {
        joinTokenSha256: string;
      };
      const told = createHash('sha256').update(joinToken).digest('hex') === seen.joinTokenSha256;
      return { ...seen, joinToken: told ? joinToken : 'another' };
    },
    async exposed(botId) {
      const pids = await pidsOf(join(directory, botId));
      const process = await Promise.all(
        pids.flatMap((pid) => [readFile(`/proc/${pid}/cmdline`, 'utf8'), readFile(`/proc/${pid}/environ`, 'utf8')]),
      );
      return [...process, ...(await filesIn(join(directory, botId)))].join('\n');
    },
    async writeState(botId, name, text) {
      await mkdir(dirname(file(botId, name)), { recursive: true });
      await writeFile(file(botId, name), text);
    },
    readState: (botId, name) => readFile(file(botId, name), 'utf8').catch(() => undefined),
    async crash(botId) {
      for (const pid of await pidsOf(join(directory, botId))) process.kill(pid, 'SIGKILL');
    },
    async cleanUp() {
      const target = await connect();
      for (const botId of await readdir(directory)) await target.remove(botId, { deleteState: true });
      await rm(directory, { recursive: true });
    },
  };
  return under;
});

test('a process that only got the number of a gateway is nobody to this target', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clawster-process-'));
  const target = await thisMachine.connect(thisMachine.settings.parse({ directory }));
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)'], { detached: true });
  await mkdir(join(directory, 'bot-1'));
  await writeFile(join(directory, 'bot-1', 'gateway.pid'), JSON.stringify({ pid: stranger.pid, processStart: '1' }));
  expect(await target.inspect('bot-1')).toEqual({ state: 'absent' });
  await target.stop('bot-1');
  await target.remove('bot-1', { deleteState: true });
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  stranger.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

const pidsOf = (directory: string) => processesOf(directory, supervisorFile);

/** Processes of a folder, found by their arguments: independent of what the target wrote down. */
async function processesOf(directory: string, argument: string): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, state, ...args]) => !state?.startsWith('Z') && args.includes(argument) && args.includes(directory))
    .map(([pid]) => Number(pid));
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
}
