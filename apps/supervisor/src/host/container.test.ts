import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Report } from '@clawster/link/report';
import { afterEach, expect, test } from 'vitest';
import type { Host } from '../host.ts';
import { takenByContainer } from './container.ts';
import { watchContainer } from './watch-container.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function kernelThatSays(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'container-'));
  folders.push(root);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return root;
}

const all = { memoryBytes: 600, processorSeconds: 2, processes: 41, killed: 3 };

test('what a container takes is read of either version of the kernel’s control groups, without files that need not be kept', async () => {
  const unified = await kernelThatSays({
    'memory.current': '1000\n',
    'memory.stat': 'anon 500\ninactive_file 400\n',
    'memory.events': 'oom 4\noom_kill 3\n',
    'cpu.stat': 'usage_usec 2000000\nuser_usec 1\n',
    'pids.current': '41\n',
  });
  const separate = await kernelThatSays({
    'memory/memory.usage_in_bytes': '1000\n',
    'memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 400\n',
    'memory/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
    'cpuacct/cpuacct.usage': '2000000000\n',
    'pids/pids.current': '41\n',
  });
  expect([await takenByContainer(unified), await takenByContainer(separate)]).toEqual([all, all]);
});

test('where the kernel does not tell, nothing is made up', async () => {
  expect(await takenByContainer(await kernelThatSays({ 'memory.current': '1000\n' }))).toBeUndefined();
});

const limits = { memoryBytesMax: 2_000, cpusMax: 2, processesMax: 512 };
function watched(container: typeof limits | undefined) {
  const told: Report['container'][] = [];
  const host = {
    workload: { container },
    status: { container: (use: Report['container']) => told.push(use) },
  } as unknown as Host;
  let [clock, processorSeconds] = [0, 2];
  const watch = watchContainer(host, { now: () => clock, taken: async () => ({ ...all, processorSeconds }) });
  return {
    told,
    async look(ms: number, seconds: number) {
      clock += ms;
      processorSeconds += seconds;
      await watch.look();
    },
    stop: watch.stop,
  };
}

test('what a container takes is told beside what it may, its processors by what they did since the last look', async () => {
  const { told, look, stop } = watched(limits);
  await look(0, 0);
  await look(10_000, 5);
  stop();
  expect(told).toEqual([{ ...limits, memoryBytes: 600, processes: 41, cpus: 0.5 }]);
});

test('a bot without a container of its own tells nothing of one: what it is in may be others’, too', async () => {
  const { told, look, stop } = watched(undefined);
  await look(0, 0);
  await look(10_000, 5);
  stop();
  expect(told).toEqual([]);
});
