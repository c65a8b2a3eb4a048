import { mkdir, readFile, rm } from 'node:fs/promises';
import type { ConnectedTarget, Seen, Workload } from '@clawster/target/target';
import { turns } from '@clawster/target/turns';
import writeFileAtomic from 'write-file-atomic';
import { botFolder, type BotFolder } from './bot-folder.ts';
import { botsIn, leftBehindIn } from './lying-bots.ts';
import { boundOutput, lastLines } from './output.ts';
import { obey, obeyedCopy } from './obeyed-copy.ts';
import { probeMachine } from './probe.ts';
import { findProcess, forget, type Known, liveProcess } from './record.ts';
import { startSupervisor } from './start-supervisor.ts';
import { exportState, importState } from './state-archive.ts';
import { stopSupervisor } from './stop-supervisor.ts';

type Settings = { directory: string; stopTimeoutMs: number; diskBytesMin: number };

/** Shared by all connections of this process, so that two of them never start one bot at once; a supervisor refuses a second itself. */
const inTurn = turns();

export function processTarget({ directory: root, stopTimeoutMs, diskBytesMin }: Settings): ConnectedTarget {
  const onBot = <T>(botId: string, work: (folder: BotFolder) => Promise<T>): Promise<T> => {
    const folder = botFolder(root, botId);
    return inTurn(folder.directory, () => work(folder));
  };
  return {
    probe: () => probeMachine(root, diskBytesMin),
    async inspect(botId) {
      const folder = botFolder(root, botId);
      await boundOutput(folder.output);
      const seen = await asSeen(await findProcess(folder), folder);
      const copy = await obeyedCopy(folder);
      return seen.state === 'absent' || !copy ? seen : { ...seen, copy };
    },
    async apply(workload) {
      await onBot(workload.botId, (folder) => applyWorkload(folder, workload, stopTimeoutMs));
    },
    async stop(botId) {
      await onBot(botId, (folder) => stopSupervisor(folder, stopTimeoutMs));
    },
    async remove(botId, { deleteState }) {
      await onBot(botId, async (folder) => {
        await stopSupervisor(folder, stopTimeoutMs);
        if (deleteState) await rm(folder.directory, { recursive: true, force: true, maxRetries: 3 });
        else await forget(folder);
      });
    },
    exportState: (botId, tools) => exportState(botFolder(root, botId), tools),
    async importState(botId, archive, tools) {
      await onBot(botId, async (folder) => {
        const { state } = await findProcess(folder);
        if (state === 'alive') throw new Error('The bot runs: stop it to give it another state');
        await importState(folder, archive, tools);
      });
    },
    bots: () => botsIn(root),
    leftBehind: (botId) => leftBehindIn(botFolder(root, botId)),
    logs: async (botId, lines) => lastLines(botFolder(root, botId).output, lines),
  };
}

async function applyWorkload(folder: BotFolder, workload: Workload, stopTimeoutMs: number): Promise<void> {
  await mkdir(folder.directory, { recursive: true, mode: 0o700 });
  await obey(folder, workload);
  const known = await findProcess(folder);
  const generation = generationOf(known);
  if (generation > workload.generation) return;
  if (known.state === 'alive' && generation === workload.generation && !known.stopAsked)
    return tellAddress(folder, workload);
  await stopSupervisor(folder, stopTimeoutMs);
  await startSupervisor(folder, workload);
}

function generationOf(known: Known): number {
  switch (known.state) {
    case 'absent':
      return 0;
    case 'dead':
      return known.started.generation;
    case 'alive':
      return known.generation;
  }
}

/** A running supervisor reads the control plane's address at each reconnect, so a moved server is found again. */
async function tellAddress(folder: BotFolder, { controlPlaneUrl }: Workload): Promise<void> {
  const text = await readFile(folder.workload, 'utf8').catch(() => undefined);
  // Not written yet: the supervisor was told on its standard input.
  if (text === undefined) return;
  const workload = JSON.parse(text) as { controlPlaneUrl?: string };
  if (workload.controlPlaneUrl === controlPlaneUrl) return;
  await writeFileAtomic(folder.workload, `${JSON.stringify({ ...workload, controlPlaneUrl }, null, 2)}\n`, {
    mode: 0o600,
  });
}

async function asSeen(known: Known, folder: BotFolder): Promise<Seen> {
  // Beside a live supervisor a gateway is its own affair.
  const orphan = known.state !== 'alive' && (await liveProcess(folder.gateway)) !== undefined;
  switch (known.state) {
    case 'absent':
      return { state: 'absent', ...(orphan ? { orphan } : {}) };
    case 'dead':
      return {
        state: 'exited',
        generation: known.started.generation,
        reason: await exitReason(known.started.stopAsked, folder),
        ...(orphan ? { orphan } : {}),
      };
    case 'alive': {
      if (known.stopAsked) return { state: 'stopping', generation: known.generation };
      return { state: known.published ? 'running' : 'starting', generation: known.generation };
    }
  }
}

async function exitReason(stopAsked: boolean, folder: BotFolder): Promise<string> {
  if (stopAsked) return 'Stopped';
  const [last] = await lastLines(folder.output, 1);
  return last ? `Its last words: ${last.slice(0, 500)}` : 'It ended without a word: killed, or the machine restarted';
}
