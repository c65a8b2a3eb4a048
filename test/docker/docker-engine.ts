import type { TestProject } from 'vitest/node';
import { base, importDebian, noBase } from './base-image.ts';
import { answers, startEngine } from './engine-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An engine that answers, with a base image for bots; or why there is none here. */
    docker: { socket: string; baseImage: string } | { why: string };
  }
}

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
