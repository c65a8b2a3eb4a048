import { type ChildProcess, fork } from 'node:child_process';

type Message = { type: string; url?: string; setupToken?: string; microseconds?: number; bytes?: number };

/** A server in a process of its own, which imports `tell-cpu.ts` and says `ready` once it answers. */
export type Served = {
  url: URL;
  setupToken: string | undefined;
  /** The CPU it used so far. */
  cpuMicroseconds(): Promise<number>;
  /** What it holds of the machine's memory, after its garbage was collected. */
  memoryBytes(): Promise<number>;
  stop(): Promise<void>;
  /** Ends it without a goodbye. */
  kill(): Promise<void>;
};

export async function serve(file: string, env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const child = fork(file, {
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    // As under `up`, which keeps the log.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-2_000)));
  child.once('exit', (code) => code && console.error(log));
  const ready = await heard(child, 'ready');
  return {
    url: new URL(ready.url ?? ''),
    setupToken: ready.setupToken,
    async cpuMicroseconds() {
      const answer = heard(child, 'cpu');
      child.send('cpu');
      return (await answer).microseconds ?? Number.NaN;
    },
    async memoryBytes() {
      const answer = heard(child, 'memory');
      child.send('memory');
      return (await answer).bytes ?? Number.NaN;
    },
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

function heard(child: ChildProcess, type: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A server ended with exit code ${code}`));
    child.once('exit', ended);
    child.on('message', function listen(message: Message) {
      if (message.type !== type) return;
      child.off('message', listen).off('exit', ended);
      resolve(message);
    });
  });
}
