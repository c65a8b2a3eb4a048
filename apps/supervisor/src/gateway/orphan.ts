import { readdir, readFile } from 'node:fs/promises';
import { readHolder } from '../host/pid-file.ts';
import { processStart } from '../host/process-start.ts';
import { endTree, processTree } from '../host/process-tree.ts';
import type { BotFolder } from './folder.ts';

/** Nobody watches it and its output goes nowhere: it is given time to close its database, and no more. */
const graceMs = 5_000;

/**
 * Ends a gateway that a killed supervisor left behind: it holds the state folder, and asks a model gateway that is gone.
 * Returns whether there was one.
 */
export async function endOrphan(folder: BotFolder): Promise<boolean> {
  const orphan = await readHolder(folder.gatewayPid);
  if (orphan) await endTree(orphan.pid, graceMs);
  return orphan !== undefined;
}

/**
 * Ends whoever else works on this bot's state, as far as it can be known: by the environment a process was started with,
 * which names this bot's private folder. Asked first, and killed after `waitMs`. Returns how many there were.
 */
export async function endStateHolders(folder: BotFolder, waitMs = graceMs): Promise<number> {
  const mark = `OPENCLAW_STATE_DIR=${folder.state}`;
  // Elsewhere than on Linux nobody says how a process was started: the pid file is all there is.
  const names = await readdir('/proc').catch(() => []);
  // A command this supervisor runs itself, such as doctor, is no stranger to the state.
  const own = new Set([process.pid, ...(await processTree(process.pid))]);
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && !own.has(pid));
  const holders = await Promise.all(pids.map(async (pid) => ((await hasMark(pid, mark)) ? pid : undefined)));
  const found = holders.filter((pid) => pid !== undefined);
  await Promise.all(found.map((pid) => endTree(pid, waitMs)));
  return found.length;
}

async function hasMark(pid: number, mark: string): Promise<boolean> {
  const isMarked = async () => {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    return environment.split('\0').includes(mark);
  };
  // Hardly any is.
  if (!(await isMarked())) return false;
  const startedAt = await processStart(pid);
  // The same process before and after, or the number was given to another meanwhile.
  return (await isMarked()) && (await processStart(pid)) === startedAt;
}
