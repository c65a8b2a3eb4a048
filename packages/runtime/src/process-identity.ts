import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process told apart from a later one that got the same number. */
export type ProcessIdentity = { pid: number; startTime: string };

/** The identity of a live process; undefined when there is none, or it has died and only waits for its parent. */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const startTime = process.platform === 'linux' ? await startTimeFromProc(pid) : await startTimeFromPs(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.startTime === identity.startTime;
}

async function startTimeFromProc(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The command name may hold spaces and brackets, so fields count from the last bracket: state is 3, start time 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const columns = ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)];
  const result = await promisify(execFile)('ps', columns, { env: { ...process.env, LC_ALL: 'C' } }).catch(
    () => undefined,
  );
  const [state, ...started] = result?.stdout.trim().split(/\s+/) ?? [];
  return !state || state.startsWith('Z') ? undefined : started.join(' ');
}
