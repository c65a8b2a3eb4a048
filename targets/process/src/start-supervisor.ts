import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import type { Workload } from '@clawster/target/target';
import type { BotFolder } from './bot-folder.ts';
import { boundOutput } from './output.ts';
import { environment } from './environment.ts';
import { identify } from './process-identity.ts';
import { writeStarted } from './record.ts';

/** Starts a supervisor in a session of its own, so that it outlives this process, and tells it what to run on its standard input. */
export async function startSupervisor(folder: BotFolder, { joinToken, ...workload }: Workload): Promise<void> {
  await mkdir(folder.logs, { recursive: true, mode: 0o700 });
  await boundOutput(folder.output);
  const output = await open(folder.output, 'a', 0o600);
  try {
    const child = spawn(workload.runtime.node, [workload.supervisor.file, folder.directory], {
      cwd: folder.directory,
      detached: true,
      env: environment(folder),
      stdio: ['pipe', output.fd, output.fd],
    });
    await spawned(child, workload.runtime.node);
    await handOver(child, `${JSON.stringify({ workload, joinToken, directory: folder.directory })}\n`);
    await remember(folder, child, workload.generation);
    child.unref();
  } finally {
    await output.close();
  }
}

function spawned(child: ChildProcess, node: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new Error(`The supervisor could not be started with ${node}: ${cause.message}`, { cause })),
    );
  });
}

/** Standard input is read by the supervisor alone; argv, environment and files are seen by others. */
function handOver(child: ChildProcess, line: string): Promise<void> {
  return new Promise((resolve) => {
    // One that dies at once breaks the pipe; `inspect` will tell how it ended.
    child.stdin?.once('error', () => resolve());
    child.stdin?.end(line, () => resolve());
  });
}

async function remember(folder: BotFolder, child: ChildProcess, generation: number): Promise<void> {
  const pid = child.pid ?? 0;
  const processStart = (await identify(pid))?.processStart ?? 'ended at once';
  await writeStarted(folder, { pid, processStart, generation, startedAt: new Date().toISOString(), stopAsked: false });
}
