import { setTimeout as sleep } from 'node:timers/promises';
import type { BotFolder } from './bot-folder.ts';
import { isAlive, signalGroup } from './process-identity.ts';
import { findProcess, liveProcess, writeStarted } from './record.ts';

const pollMs = 50;
const orphanGraceMs = 3_000;

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
  await endOrphan(folder);
}

/** A gateway is in a session of its own, and outlives a supervisor that was killed. */
async function endOrphan(folder: BotFolder): Promise<void> {
  const gateway = await liveProcess(folder.gateway);
  if (!gateway) return;
  // Asked first, so that it closes its database; nobody waits for its channels to be reached.
  signalGroup(gateway.pid, 'SIGTERM');
  if (await endedWithin(gateway, orphanGraceMs)) return;
  signalGroup(gateway.pid, 'SIGKILL');
  await endedWithin(gateway, 5_000);
}

async function endedWithin(identity: { pid: number; processStart: string }, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
}
