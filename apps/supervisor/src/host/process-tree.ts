import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pidtree from 'pidtree';
import pidusage from 'pidusage';

/** The process and all it started, as far as they still run. */
export async function processTree(pid: number): Promise<number[]> {
  if (process.platform === 'linux') return treeFromProc(pid);
  try {
    return await pidtree(pid, { root: true });
  } catch {
    return [];
  }
}

/** The images of containers often have no `ps`, which pidtree asks. */
async function treeFromProc(root: number): Promise<number[]> {
  const names = await readdir('/proc');
  const all = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(parentOf));
  const children = Map.groupBy(
    all.filter((one) => one !== undefined),
    ({ parent }) => parent,
  );
  const tree = all.some((one) => one?.pid === root) ? [root] : [];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []).map((child) => child.pid));
  return tree;
}

async function parentOf(name: string): Promise<{ pid: number; parent: number } | undefined> {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
  // The command's name stands in parentheses and may hold spaces; what follows is counted from the last one.
  return stat === undefined
    ? undefined
    : { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
}

/** Memory of the whole tree; undefined when it is gone. */
export async function memoryOfTree(pid: number): Promise<number | undefined> {
  const pids = await processTree(pid);
  if (pids.length === 0) return undefined;
  if (process.platform === 'linux') return (await Promise.all(pids.map(residentBytes))).reduce((sum, one) => sum + one);
  const usage: Record<string, { memory: number } | null | undefined> = await pidusage(pids).catch(() => ({}));
  return Object.values(usage).reduce((sum, one) => sum + (one?.memory ?? 0), 0);
}

/** pidusage asks `getconf` for the size of a page, which the images of containers often lack as well. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

/**
 * Ends a tree: asked first, killed after `graceMs`. A gateway with an unreachable channel would otherwise take minutes.
 * Returns whether it had to be killed.
 */
export async function endTree(pid: number, graceMs: number): Promise<boolean> {
  const pids = await processTree(pid);
  signal(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isAlive(pid) && Date.now() < deadline) await sleep(50);
  const killed = isAlive(pid);
  for (const one of new Set([...pids, ...(await processTree(pid))])) signal(one, 'SIGKILL');
  return killed;
}

/** Kills a tree at once. */
export async function killTree(pid: number): Promise<void> {
  // Frozen first, so that it starts no more children while they are looked up.
  signal(pid, 'SIGSTOP');
  for (const one of [...(await processTree(pid)), pid]) signal(one, 'SIGKILL');
}

export function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
