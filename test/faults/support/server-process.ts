import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { serverFile } from './build-apps.ts';

/** One server as it is shipped, in a process that can be killed, stopped and started again on the same port. */
export type ServerProcess = {
  url: string;
  pid(): number;
  /** Starts it; resolves when it answers. */
  start(): Promise<{ setupToken?: string }>;
  signal(name: NodeJS.Signals): void;
  /** Ends it and waits for its end. */
  end(name?: NodeJS.Signals): Promise<void>;
};

type Settings = { port: number; environment: Record<string, string>; logFile: string };

export function serverProcess({ port, environment, logFile }: Settings): ServerProcess {
  let child: ChildProcess | undefined;
  const server: ServerProcess = {
    url: `http://127.0.0.1:${port}`,
    pid: () => child?.pid ?? 0,
    async start() {
      child = spawn(process.execPath, [serverFile], {
        env: { ...process.env, NODE_ENV: 'production', CLAWSTER_PORT: String(port), ...environment },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      child.once('close', () => log.end());
      return untilReady(child, logFile);
    },
    signal: (name) => void child?.kill(name),
    async end(name = 'SIGKILL') {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill(name);
      await ended;
    },
  };
  return server;
}

function untilReady(child: ChildProcess, logFile: string): Promise<{ setupToken?: string }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as { setupToken?: string }));
    child.once('exit', (code, signal) =>
      reject(new Error(`The server ended while it started (${code ?? signal}): see ${logFile}`)),
    );
  });
}
