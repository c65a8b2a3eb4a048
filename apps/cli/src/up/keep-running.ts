import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openRotatingLog } from './rotating-log.ts';

export type ChildSpec = {
  name: string;
  file: string;
  env: NodeJS.ProcessEnv;
  logPath: string;
  /** What the child says over its channel. */
  onMessage?: (message: unknown) => void;
  onStart?: (pid: number) => void;
  /** Its death, and when it is started again; `undefined`: it is given up. */
  onDeath: (why: string, againInMs: number | undefined) => void;
};

export type KeptChild = { stop(graceMs: number): Promise<void>; lastLines(): string[] };

/** Five deaths within a minute are a fault that starting again does not mend. */
const deathsMax = 5;
const deathWindowMs = 60_000;

/** Starts a Node program and starts it again whenever it dies, more slowly each time, until it is stopped. */
export function keepRunning(spec: ChildSpec): KeptChild {
  const log = openRotatingLog(spec.logPath);
  const tail: string[] = [];
  const deaths: number[] = [];
  let child: ChildProcess | undefined;
  let stopping = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(bytes: Buffer): void {
    log.write(bytes);
    tail.push(...bytes.toString().split('\n').filter(Boolean));
    tail.splice(0, Math.max(0, tail.length - 40));
  }
  function start(): void {
    // A session of its own: Ctrl-C reaches `up` alone, which then stops everything in order.
    child = spawn(process.execPath, [spec.file], {
      env: spec.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (message) => spec.onMessage?.(message));
    child.on('error', (error) => keep(Buffer.from(`${error.message}\n`)));
    child.on('close', died);
    if (child.pid) spec.onStart?.(child.pid);
  }
  function died(code: number | null, signal: NodeJS.Signals | null): void {
    if (stopping) return;
    deaths.push(Date.now());
    const recent = deaths.filter((at) => at > Date.now() - deathWindowMs).length;
    const againInMs = recent >= deathsMax ? undefined : 500 * 2 ** recent;
    spec.onDeath(signal ? `was ended by ${signal}` : `ended with exit code ${code}`, againInMs);
    if (againInMs !== undefined && !stopping) timer = setTimeout(start, againInMs);
  }
  start();
  return {
    lastLines: () => [...tail],
    async stop(graceMs) {
      stopping = true;
      clearTimeout(timer);
      await end(child, graceMs);
      log.close();
    },
  };
}

async function end(child: ChildProcess | undefined, graceMs: number): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await closed;
  clearTimeout(force);
}
