import { setTimeout as sleep } from 'node:timers/promises';
import type { BotFolder } from './bot-folder.ts';
import { isAlive, signalGroup } from './process-identity.ts';
import { findProcess, livePid, writeStarted } from './record.ts';

const pollMs = 50;

/** Ends a bot's supervisor and whatever it started: asked first, then killed. Nothing of it runs afterwards. */
export async function stopSupervisor(folder: BotFolder, stopTimeoutMs: number): Promise<void> {
  const known = await findProcess(folder);
  if (known.state === 'alive') {
    const { pid, processStart, generation } = known;
    await writeStarted(folder, { pid, processStart, generation, startedAt: new Date().toISOString(), stopAsked: true });
    process.kill(pid, 'SIGTERM');
    if (!(await endedWithin(known, stopTimeoutMs))) {
      signalGroup(pid, 'SIGKILL');
      await endedWithin(known, 5_000);
    }
  }
  // A gateway is in a session of its own, and outlives a supervisor that had to be killed.
  const gateway = await livePid(folder.gateway);
  if (gateway !== undefined) signalGroup(gateway, 'SIGKILL');
}

async function endedWithin(identity: { pid: number; processStart: string }, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}
