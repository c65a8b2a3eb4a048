import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of a bot: its supervisor, or its gateway. */
export type BotProcess = { pid: number; botId: string; is: 'supervisor' | 'gateway' };

/** The processes that belong to the bots of this folder, found by the environment each was started with. */
export async function processesOfBots(botsFolder: string): Promise<BotProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const found = await Promise.all(pids.map((pid) => whose(pid, botsFolder)));
  return found.filter((one) => one !== undefined);
}

async function whose(pid: number, botsFolder: string): Promise<BotProcess | undefined> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const environment = (await read('environ')).split('\0');
  const value = (name: string) => environment.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const state = value('OPENCLAW_STATE_DIR');
  const isHere = (folder: string | undefined) => folder !== undefined && folder.startsWith(`${botsFolder}/`);
  const words = (await read('cmdline')).split('\0').filter(Boolean);
  if (state !== undefined && isHere(state))
    return words.slice(-2).join(' ') === 'gateway run'
      ? { pid, botId: basename(dirname(state)), is: 'gateway' }
      : undefined;
  const home = value('HOME');
  if (home === undefined || !isHere(home) || dirname(home) !== botsFolder) return undefined;
  return { pid, botId: basename(home), is: 'supervisor' };
}

/** Ends what the bots of this folder left running, and nothing else. */
export async function endProcesses(botsFolder: string): Promise<void> {
  for (let left = 20; left > 0; left -= 1) {
    const found = await processesOfBots(botsFolder);
    if (found.length === 0) return;
    for (const { pid } of found) kill(pid);
    await sleep(50);
  }
}

export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
