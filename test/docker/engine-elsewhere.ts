import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Docker from 'dockerode';
import { inject } from 'vitest';
import { firstThere } from '../../apps/cli/src/test/apt-get.ts';
import { freePort } from '../../apps/cli/src/up/ports.ts';
import { type Authority, makeAuthority } from './certificates.ts';
import { type OwnEngine, startEngine } from './engine-process.ts';

/** An engine that has the base image and nothing else, and listens by TCP with TLS, as one of another machine would. */
export type EngineElsewhere = {
  engine: Docker;
  socket: string;
  baseImage: string;
  port: number;
  authority: Authority;
  folder: string;
  stop(): Promise<void>;
};

type Wishes = {
  /** Arguments beside its own. */
  flags?: string[];
  /** A name: it gets a network of its own, in which bots speak with one another, and which its port is not reached from. */
  namespace?: string;
  /** Files of programs that its test needs beside it. */
  programs?: string[];
};

/** Starts one, or says why none can be. */
export async function startEngineElsewhere({ flags = [], programs = [], namespace }: Wishes = {}): Promise<
  EngineElsewhere | { why: string }
> {
  const found = inject('docker');
  if ('why' in found) return found;
  for (const program of ['/usr/bin/openssl', ...programs])
    if (!(await firstThere([program])))
      return { why: `there is no ${program}: \`./clawster test docker\` installs it` };
  const folder = await mkdtemp(join(tmpdir(), 'clawster-elsewhere-'));
  const authority = await makeAuthority(folder, 'authority');
  const { files } = await authority.sign('engine', 'IP:127.0.0.1');
  const port = (await freePort(0)) ?? 0;
  const tls = ['--tlsverify', '--tlscacert', authority.files.certificate];
  const listen = [...tls, '--tlscert', files.certificate, '--tlskey', files.key, '-H', `tcp://127.0.0.1:${port}`];
  const started = await startEngine({
    ...(namespace ? { namespace } : { besideAnother: true }),
    flags: [...listen, ...flags],
  });
  if ('why' in started) return started;
  const engine = new Docker({ socketPath: started.socket });
  await copyImage(new Docker({ socketPath: found.socket }), engine, found.baseImage);
  const stop = () => end(started, folder);
  return { engine, socket: started.socket, baseImage: found.baseImage, port, authority, folder, stop };
}

async function copyImage(from: Docker, to: Docker, name: string): Promise<void> {
  const loading = await to.loadImage(await from.getImage(name).get());
  await pipeline(loading, async (lines) => {
    for await (const _ of lines);
  });
}

async function end(started: OwnEngine, folder: string): Promise<void> {
  await started.stop();
  await rm(folder, { recursive: true, force: true });
}
