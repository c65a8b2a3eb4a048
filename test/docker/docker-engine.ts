import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { base, importDebian, noBase } from './base-image.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An engine that answers, with a base image for bots; or why there is none here. */
    docker: { socket: string; baseImage: string } | { why: string };
  }
}

const run = promisify(execFile);
/** Where an engine looks for the programs of a system. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
const usualSocket = process.env['CLAWSTER_TEST_DOCKER_SOCKET'] ?? '/var/run/docker.sock';

/** Finds an engine that answers, else starts one for the tests alone; where none can run, the tests say why they are skipped. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (await answers(usualSocket)) {
    provide('docker', await withBase(usualSocket));
    return undefined;
  }
  const started = await startEngine();
  if ('why' in started) {
    provide('docker', started);
    console.warn(`The tests on a Docker engine are skipped: ${started.why}`);
    return undefined;
  }
  provide('docker', await withBase(started.socket));
  return started.stop;
}

async function withBase(socket: string) {
  const baseImage = await importDebian(socket, base);
  if (!baseImage) console.warn(`The tests on a Docker engine are skipped: ${noBase}`);
  return baseImage ? { socket, baseImage } : { why: noBase };
}

type Started = { socket: string; stop: () => Promise<void> } | { why: string };

async function startEngine(): Promise<Started> {
  if (process.getuid?.() !== 0) return { why: 'no engine answers, and only root may start one' };
  if (!(await run('dockerd', ['--version'], { env }).catch(() => undefined)))
    return { why: 'no engine answers, and there is no dockerd: `./clawster test docker` installs Debian’s docker.io' };
  const folder = await mkdtemp(join(tmpdir(), 'clawster-docker-'));
  const at = (name: string) => join(folder, name);
  const socket = at('docker.sock');
  const places = [
    '--data-root',
    at('data'),
    '--exec-root',
    at('exec'),
    '--pidfile',
    at('pid'),
    '-H',
    `unix://${socket}`,
  ];
  const engine = spawn('dockerd', places, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  engine.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  const stop = async () => {
    const ended = once(engine, 'exit');
    engine.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 30_000; Date.now() < until && engine.exitCode === null; await sleep(200))
    if (await answers(socket)) return { socket, stop };
  if (engine.exitCode === null) await stop();
  return { why: `dockerd does not run on this machine: ${said.trim().split('\n').at(-1)}` };
}

function answers(socketPath: string): Promise<boolean> {
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
