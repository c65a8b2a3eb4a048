import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { takenByContainer } from '../host/container.ts';
import { openRotatingFile } from '../host/log.ts';
import { maskSecrets } from '../host/mask.ts';
import { processStart } from '../host/process-start.ts';
import { endTree, killTree } from '../host/process-tree.ts';
import type { Workload } from '../workload.ts';
import { gatewayEnvironment, openclawFile } from './environment.ts';
import type { BotFolder } from './folder.ts';
import { endOrphan, endStateHolders } from './orphan.ts';

/** A gateway with an unreachable channel takes minutes to stop by itself. */
const stopGraceMs = 25_000;
/** For its last words to arrive after it has ended. */
const outputMsMax = 1_000;

export type GatewayExit = {
  code: number | null;
  signal: NodeJS.Signals | null;
  lastLines: string[];
  /** Meanwhile its container ran out of memory, of which it may have so much. */
  outOfMemoryAt?: number | undefined;
};

/** One run of `openclaw gateway run`. */
export type GatewayProcess = {
  pid: number;
  startedAt: number;
  exited: Promise<GatewayExit>;
  hasExited(): boolean;
  /** Ends it with all it started, those too that left its tree; returns whether it had to be killed. */
  stop(): Promise<boolean>;
  /** Kills it with all it started at once. */
  kill(): Promise<void>;
};

/** With what it shows that it is the gateway when it asks for its team's tools. */
type GatewayStart = { signal: AbortSignal; teamToken?: string };

/** Starts a gateway, unless `signal` says by then that none is wanted any more. */
export async function startGatewayProcess(
  workload: Workload,
  folder: BotFolder,
  { signal, teamToken }: GatewayStart,
): Promise<GatewayProcess> {
  const file = openclawFile(workload);
  if (!existsSync(file))
    throw new Error(
      `OpenClaw ${workload.runtime.version} is not installed: ${file} is missing. Install the runtime again`,
    );
  await endOrphan(folder);
  signal.throwIfAborted();
  const wantOfMemory = await watchWantOfMemory(workload);
  const { child, pid } = await spawnGateway(
    workload,
    gatewayEnvironment(workload, folder, teamToken),
    folder.workspace,
  );
  await writeFile(folder.gatewayPid, JSON.stringify({ pid, processStart: (await processStart(pid)) ?? '' }), {
    mode: 0o600,
  });

  const exited = exitOf(child, collectOutput(child, folder), wantOfMemory);
  let over = false;
  const forgotten = exited.then(async () => {
    over = true;
    await rm(folder.gatewayPid, { force: true });
  });
  return {
    pid,
    startedAt: Date.now(),
    exited,
    hasExited: () => over,
    async stop() {
      const killed = over ? false : await endTree(pid, stopGraceMs);
      await endStateHolders(folder);
      await forgotten;
      return killed;
    },
    async kill() {
      if (!over) await killTree(pid);
      await endStateHolders(folder, 0);
      await forgotten;
    },
  };
}

/** Asked later, answers how much memory the bot's container may have, if something in it was killed for want of that since. */
async function watchWantOfMemory({ container }: Workload): Promise<() => Promise<number | undefined>> {
  const before = container && (await takenByContainer());
  return async () => {
    const after = before && (await takenByContainer());
    return after && after.killed > before.killed ? container?.memoryBytesMax : undefined;
  };
}

function exitOf(
  child: ChildProcess,
  lastLines: string[],
  wantOfMemory: () => Promise<number | undefined>,
): Promise<GatewayExit> {
  return new Promise((resolve) => {
    child.once('exit', () => setTimeout(closeOutput, outputMsMax, child));
    child.once('close', async (code, signal) => {
      resolve({ code, signal, lastLines, outOfMemoryAt: await wantOfMemory() });
    });
  });
}

/** What it started and left behind may hold its output open for as long as it likes. */
function closeOutput(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

async function spawnGateway(
  workload: Workload,
  env: Record<string, string>,
  cwd: string,
): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(workload.runtime.node, [openclawFile(workload), 'gateway', 'run'], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: a signal to the supervisor's terminal is not the gateway's.
    detached: true,
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('spawn', () => resolve(child.pid ?? 0));
  });
  return { child, pid };
}

function collectOutput(child: ChildProcess, folder: BotFolder): string[] {
  const log = openRotatingFile(folder.gatewayLog);
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        log.write(`${maskSecrets(withTime(line))}\n`);
        lastLines.push(maskSecrets(line));
        if (lastLines.length > 40) lastLines.shift();
      }
    });
  }
  return lastLines;
}

/** Most of OpenClaw's lines begin with a time; those that do not get ours. */
function withTime(line: string): string {
  const plain = stripVTControlCharacters(line);
  return /^\d{4}-\d{2}-\d{2}T/.test(plain) ? plain : `${new Date().toISOString()} ${plain}`;
}

/** A port nobody listens on. Another program may take it before the gateway does: then the gateway fails and is started again on a new one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
