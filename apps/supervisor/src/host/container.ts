import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a container has taken of its machine, as the kernel counts it. */
export type Taken = {
  /** Without what is kept of files only as long as nobody needs the room. */
  memoryBytes: number;
  /** On all processors together, since it began. */
  processorSeconds: number;
  /** Threads count, too. */
  processes: number;
  /** How many were killed so far because it had no more memory. */
  killed: number;
};

/** What the container this runs in has taken; undefined where the kernel does not tell. */
export async function takenByContainer(root = '/sys/fs/cgroup'): Promise<Taken | undefined> {
  return (await unified(root)) ?? (await separate(root));
}

/** Version 2 of the kernel's control groups. */
async function unified(root: string): Promise<Taken | undefined> {
  const [used, stat, events, processor, processes] = await readAll(root, [
    'memory.current',
    'memory.stat',
    'memory.events',
    'cpu.stat',
    'pids.current',
  ]);
  return taken({
    memoryBytes: Number(used) - valueOf(stat, 'inactive_file'),
    processorSeconds: valueOf(processor, 'usage_usec') / 1e6,
    processes: Number(processes),
    killed: valueOf(events, 'oom_kill'),
  });
}

/** Version 1, in which each has a tree of its own. */
async function separate(root: string): Promise<Taken | undefined> {
  const [used, stat, control, processor, processes] = await readAll(root, [
    'memory/memory.usage_in_bytes',
    'memory/memory.stat',
    'memory/memory.oom_control',
    'cpuacct/cpuacct.usage',
    'pids/pids.current',
  ]);
  return taken({
    memoryBytes: Number(used) - valueOf(stat, 'total_inactive_file'),
    processorSeconds: Number(processor) / 1e9,
    processes: Number(processes),
    killed: valueOf(control, 'oom_kill'),
  });
}

function readAll(root: string, names: string[]): Promise<(string | undefined)[]> {
  return Promise.all(names.map((name) => readFile(join(root, name), 'utf8').catch(() => undefined)));
}

function valueOf(text: string | undefined, name: string): number {
  const line = text?.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

function taken(all: Taken): Taken | undefined {
  return Object.values(all).every(Number.isFinite) ? all : undefined;
}
