import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where an engine looks for the programs of a system. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };

/** An engine of the tests' own, which can be ended and started again on what it had. */
export type OwnEngine = {
  socket: string;
  signal(name: NodeJS.Signals): void;
  /** Ends its process alone, and waits for that. */
  end(name?: NodeJS.Signals): Promise<void>;
  start(...flags: string[]): Promise<void>;
  /** Ends it, with its folders. */
  stop(): Promise<void>;
};

type Start = {
  /** A name: it gets a network of its own. Two engines in one empty each other's rules. */
  namespace?: string;
  /** It is in the machine's network, and keeps its hands off the rules and the bridge of another engine there. */
  besideAnother?: boolean;
  /** Beside those that say where its folders are. */
  flags?: string[];
};

/** Starts an engine in folders of its own, or says why none can run here. */
export async function startEngine({ namespace, besideAnother = false, flags = [] }: Start = {}): Promise<
  OwnEngine | { why: string }
> {
  const why = await whyNot(namespace !== undefined || besideAnother);
  if (why !== undefined) return { why: `no engine answers, and ${why}` };
  const folder = await mkdtemp(join(tmpdir(), 'clawster-docker-'));
  const bridge = besideAnother ? await openBridge() : undefined;
  const engine = engineIn(folder, namespace === undefined ? undefined : await openNamespace(namespace));
  const stop = () => engine.stop().finally(() => bridge?.close());
  try {
    await engine.start(...(bridge?.flags ?? []), ...flags);
    return { ...engine, stop };
  } catch (error) {
    await stop();
    return { why: `dockerd does not run on this machine: ${(error as Error).message}` };
  }
}

async function whyNot(needsIp: boolean): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'only root may start one';
  const runs = (program: string, ...words: string[]) =>
    run(program, words, { env }).then(
      () => true,
      () => false,
    );
  if (!(await runs('dockerd', '--version')))
    return 'there is no dockerd: `./clawster test docker` installs Debian’s docker.io';
  if (needsIp && !(await runs('ip', '-V')))
    return 'there is no ip: `./clawster test docker` installs Debian’s iproute2';
  return undefined;
}

/** Where a network of this name is entered. */
export const namespaceFile = (name: string): string => `/var/run/netns/${name}`;

type Namespace = { file: string; close: () => Promise<unknown> };

async function openNamespace(name: string): Promise<Namespace> {
  await run('ip', ['netns', 'add', name], { env });
  await run('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up'], { env });
  return { file: namespaceFile(name), close: () => run('ip', ['netns', 'delete', name], { env }) };
}

type Bridge = { flags: string[]; close: () => Promise<unknown> };

/** One that is told to have no bridge takes the usual one away from the machine's own engine. */
async function openBridge(): Promise<Bridge> {
  const name = `cw-${process.pid}`;
  await run('ip', ['link', 'add', name, 'type', 'bridge'], { env });
  await run('ip', ['address', 'add', '10.214.254.1/24', 'dev', name], { env });
  return { flags: ['--bridge', name, '--iptables=false'], close: () => run('ip', ['link', 'delete', name], { env }) };
}

function engineIn(folder: string, namespace: Namespace | undefined): OwnEngine {
  const at = (name: string) => join(folder, name);
  const socket = at('docker.sock');
  const places = [
    `--data-root=${at('data')}`,
    `--exec-root=${at('exec')}`,
    `--pidfile=${at('pid')}`,
    `--host=unix://${socket}`,
  ];
  let running: ReturnType<typeof launch> | undefined;
  let letsLive = false;
  const start = async (...flags: string[]) => {
    // One that was killed leaves it behind.
    await rm(at('pid'), { force: true });
    letsLive = flags.includes('--live-restore');
    running = launch([...places, ...flags], namespace);
    await untilAnswers(running, socket);
  };
  const end = async (name: NodeJS.Signals = 'SIGTERM') => {
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(name);
    await ended;
  };
  return {
    socket,
    signal: (name) => void running?.kill(name),
    end,
    start,
    async stop() {
      await end();
      // What it lets live it ends at a start by which it does not.
      if (letsLive) await start().catch(() => undefined);
      await end();
      await namespace?.close();
      await unmountBelow(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
    },
  };
}

/** What one that was cut short or let its containers live leaves mounted, their networks too, keeps its folder from being removed. */
async function unmountBelow(folder: string): Promise<void> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  for (const path of mounts.filter((one) => one.startsWith(`${folder}/`)).toReversed())
    await run('umount', ['-l', path], { env }).catch(() => undefined);
}

function launch(words: string[], namespace: Namespace | undefined) {
  const [program, ...first] = namespace ? ['nsenter', `--net=${namespace.file}`, 'dockerd'] : ['dockerd'];
  return spawn(program as string, [...first, ...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

async function untilAnswers(engine: ReturnType<typeof launch>, socket: string): Promise<void> {
  let said = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  for (const until = Date.now() + 60_000; Date.now() < until && engine.exitCode === null; await sleep(200))
    if (await answers(socket)) return;
  throw new Error(said.trim().split('\n').at(-1));
}

/** Whether an engine is there. */
export function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.once('error', () => resolve(false));
    asked.once('timeout', () => asked.destroy());
    asked.end();
  });
}
