import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../apps/cli/src/up/ports.ts';
import { runtimesDirectory } from './shared-runtimes.ts';

const root = resolve(import.meta.dirname, '../..');
const launcher = join(root, 'clawster');

/** A running Clawster as a newcomer has it: the real launcher, an empty HOME, a data folder of its own. */
export type Installation = {
  url: string;
  /** The link `up` printed; carries the one-time token in its fragment. */
  setupUrl: string;
  home: string;
  dataDirectory: string;
  /** Where everything of it lies: HOME, and the database where PostgreSQL's user could not reach HOME. */
  folders: () => Promise<string[]>;
  /** All that `up` wrote so far. */
  output: () => string;
  env: NodeJS.ProcessEnv;
  /** Ctrl-C. */
  stop: () => Promise<number | null>;
  start: () => Promise<void>;
  /** Runs one CLI command in the same HOME. */
  cli: (
    args: string[],
    options?: { stdin?: string; env?: NodeJS.ProcessEnv },
  ) => Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Stops, ends the bots' supervisors, deletes everything. */
  remove: () => Promise<void>;
};

/** `port`: where to listen; `usual` leaves it to `up`, as a newcomer does, which two who start at once may not; else it is one of this worker's. */
export async function installClawster(
  options: { env?: NodeJS.ProcessEnv; port?: number | 'usual' } = {},
): Promise<Installation> {
  const home = await mkdtemp(join(tmpdir(), 'clawster-home-'));
  const dataDirectory = join(home, 'data');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    CLAWSTER_DATA_DIR: dataDirectory,
    CLAWSTER_RUNTIMES_DIR: runtimesDirectory,
    NO_COLOR: '1',
    ...options.env,
  };
  delete env['CLAWSTER_URL'];
  delete env['CLAWSTER_API_KEY'];

  const { port = await portOfWorker() } = options;
  let child: ChildProcess | undefined;
  let output = '';
  const installation: Installation = {
    url: '',
    setupUrl: '',
    home,
    dataDirectory,
    env,
    async folders() {
      const outside = await readFile(join(dataDirectory, 'postgres.location'), 'utf8').catch(() => '');
      return [home, outside.trim()].filter(Boolean);
    },
    output: () => output,
    async start() {
      output = '';
      child = spawn(launcher, ['up', '--no-open', ...(port === 'usual' ? [] : ['--port', String(port)])], {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const printed = await waitFor(
        () => /https?:\/\/127\.0\.0\.1:\d+\S*/.exec(output)?.[0],
        () => child?.exitCode,
        () => output,
      );
      installation.setupUrl = printed;
      installation.url = new URL(printed).origin;
    },
    async stop() {
      if (!child || child.exitCode !== null) return child?.exitCode ?? null;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      const [code] = (await ended) as [number | null];
      return code;
    },
    cli: (args, { stdin, env: more } = {}) => runCli(args, { ...env, ...more }, stdin),
    async remove() {
      await installation.cli(['down', '--bots']).catch(() => undefined);
      await installation.stop();
      for (const folder of await installation.folders())
        await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
    },
  };
  try {
    await installation.start();
  } catch (error) {
    await installation.remove();
    throw error;
  }
  return installation;
}

const portsOfEach = 20;

/** Below those the system gives out: an installation that is started again finds its port as it left it. */
async function portOfWorker(): Promise<number> {
  const first = 4_600 + portsOfEach * Number(process.env['VITEST_POOL_ID'] ?? 0);
  for (let port = first; port < first + portsOfEach; port += 1) if (await freePort(port)) return port;
  throw new Error(`All ports from ${first} to ${first + portsOfEach - 1} are taken`);
}

async function runCli(args: string[], env: NodeJS.ProcessEnv, stdin?: string) {
  const child = spawn(launcher, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(stdin ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

async function waitFor(
  find: () => string | undefined,
  ended: () => number | null | undefined,
  said: () => string,
): Promise<string> {
  const deadline = Date.now() + 600_000;
  while (Date.now() < deadline) {
    const found = find();
    if (found) return found;
    const code = ended();
    if (code !== null && code !== undefined) throw new Error(`clawster up ended with ${code}:\n${said()}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`clawster up printed no URL within ten minutes:\n${said()}`);
}
