import { execFile } from 'node:child_process';
import type { Host } from '../host.ts';
import { maskSecrets } from '../host/mask.ts';
import { SupervisorRefusal } from '../link/serve-request.ts';
import { gatewayEnvironment, openclawFile } from './environment.ts';

export type OpenclawCommand = {
  words: string[];
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** Beside what the gateway is started with. */
  environment?: Record<string, string>;
};
export type OpenclawOutput = { stdout: string; stderr: string; code: number | undefined };

/**
 * One command of OpenClaw's about this bot, its JSON parsed. The exit code is no measure: doctor says 1 at the first
 * warning, `status` says 0 when the gateway is down.
 */
export async function openclawJson(host: Host, command: OpenclawCommand): Promise<unknown> {
  const { stdout, stderr } = await runOpenclaw(host, command);
  const value = lastJson(stdout);
  if (value !== undefined) return value;
  const words = maskSecrets(stderr.trim().slice(-500)) || 'no output';
  throw new SupervisorRefusal('trouble', `"${named(command)}" gave no answer: ${words}`);
}

/** Runs a command to its end; throws only when it could not be run, or had to be ended. */
export function runOpenclaw(host: Host, command: OpenclawCommand): Promise<OpenclawOutput> {
  const { promise, resolve, reject } = Promise.withResolvers<OpenclawOutput>();
  execFile(
    host.workload.runtime.node,
    [openclawFile(host.workload), ...command.words],
    {
      env: { ...gatewayEnvironment(host.workload, host.folder, 'none'), ...command.environment },
      cwd: host.folder.workspace,
      timeout: command.timeoutMs,
      ...(command.signal ? { signal: command.signal } : {}),
      maxBuffer: 16 * 1024 * 1024,
      killSignal: 'SIGKILL',
    },
    (error, stdout, stderr) => {
      if (error?.name === 'AbortError') return reject(command.signal?.reason);
      // An exit code is a number: a word is why there is none.
      if (error && typeof error.code === 'string')
        return reject(
          new SupervisorRefusal('trouble', `"${named(command)}" could not be run: ${error.message}`, { cause: error }),
        );
      if (error?.killed && lastJson(stdout) === undefined)
        return reject(
          new SupervisorRefusal('timeout', `"${named(command)}" did not finish within ${command.timeoutMs / 1000} s`),
        );
      resolve({ stdout, stderr, code: typeof error?.code === 'number' ? error.code : error ? undefined : 0 });
    },
  );
  return promise;
}

function named({ words }: OpenclawCommand): string {
  return `openclaw ${words.join(' ')}`;
}

/** The JSON object in a command's output; a warning or two may stand before it. */
export function lastJson(text: string): unknown {
  for (let start = text.indexOf('{'); start !== -1; start = text.indexOf('\n{', start) + 1 || -1) {
    try {
      return JSON.parse(text.slice(start));
    } catch {
      /* A brace in a warning: look further. */
    }
  }
  return undefined;
}
