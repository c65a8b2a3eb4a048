import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process told apart from a later one that got the same number. */
export type ProcessIdentity = { pid: number; processStart: string };

/** The identity of a live process; undefined when there is none, or it has died and only waits for its parent. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const processStart = process.platform === 'linux' ? await startFromProc(pid) : await startFromPs(pid);
  return processStart === undefined ? undefined : { pid, processStart };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.processStart === identity.processStart;
}

/** Sends a signal to the process and to all it started in its group; that it is gone already is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function startFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The command name may hold spaces and brackets, so fields count from the last bracket: state is 3, start time 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

/** `lstart` in full, as a supervisor writes it too: both must agree on the words. */
async function startFromPs(pid: number): Promise<string | undefined> {
  const result = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return result?.stdout.trim() || undefined;
}
