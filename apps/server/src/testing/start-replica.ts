import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { StandInHost } from '../link/stand-in-host.ts';

export type ReplicaProcess = {
  url: string;
  setupToken: string | undefined;
  /** Everything it logged, as JSON lines. */
  log(): string;
  signal(name: NodeJS.Signals): void;
  exited: Promise<unknown>;
};

type Options = {
  environment: Record<string, string>;
  host: StandInHost;
  /** Held up: what the replica's host is asked waits for this. */
  before?: (method: string) => Promise<void>;
};

const app = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the process of a replica as the server itself is built; the file lies where it finds its packages. */
export async function buildReplica(): Promise<{ file: string; remove(): Promise<void> }> {
  const file = `${app}dist/replica-${randomBytes(4).toString('hex')}.mjs`;
  await build({
    entryPoints: [`${app}src/testing/replica-process.ts`],
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'warning',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  return { file, remove: () => rm(file, { force: true }) };
}

/** Starts it and waits until it answers. */
export async function startReplica(file: string, { environment, host, before }: Options): Promise<ReplicaProcess> {
  const child = fork(file, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, 'exit');
  const ready = Promise.withResolvers<{ url: string; setupToken?: string }>();
  child.on('message', (message: Told) => {
    if (message.type === 'ready') ready.resolve(message);
    else void answer(child, host, { asked: message, before });
  });
  const failed = exited.then((): never => {
    throw new Error(`The replica ended while it started:\n${log}`);
  });
  failed.catch(() => undefined);
  const { url, setupToken } = await Promise.race([ready.promise, failed]);
  return { url, setupToken, log: () => log, signal: (name) => void child.kill(name), exited };
}

type Asked = { type: 'host'; id: string; method: string; parameters: unknown[] };
type Told = Asked | { type: 'ready'; url: string; setupToken?: string };

async function answer(
  child: ChildProcess,
  host: StandInHost,
  { asked, before }: { asked: Asked; before: Options['before'] },
): Promise<void> {
  const { id, method, parameters } = asked;
  try {
    await before?.(method);
    const work = host[method as 'inspect'] as (...some: unknown[]) => Promise<unknown>;
    const result = await work.call(host, ...parameters);
    if (child.connected) child.send({ id, result });
  } catch (error) {
    if (child.connected) child.send({ id, error: error instanceof Error ? error.message : String(error) });
  }
}
