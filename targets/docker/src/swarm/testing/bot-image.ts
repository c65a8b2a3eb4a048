import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildContext } from '../../build-context.ts';
import type { Workload } from '@clawster/target/target';
import type Docker from 'dockerode';
import tar from 'tar-stream';

const root = join(import.meta.dirname, '../../../../..');
const supervisor = { file: join(root, 'apps/supervisor/dist/supervisor.mjs'), version: '1.0.0' };
const egressFile = join(root, 'apps/egress/dist/egress.mjs');
const tiny = join(root, 'packages/target/src/testing/tiny-supervisor.mjs');
const repository = 'clawster/test-bot';
/** Node and our own files, on the engine that the nodes are containers of. */
export const toolsImage = 'clawster-test/tools:lab';

/** The real supervisor packs, unpacks and hands over; what is started as a bot is the tiny one. */
const either = `await import(process.argv.includes('--start-from') ? './tiny.mjs' : './real.mjs');\n`;
const dockerfile = `FROM ${toolsImage}
USER root
COPY tiny.mjs either.mjs /opt/clawster/
RUN mv /opt/clawster/supervisor.mjs /opt/clawster/real.mjs && mv /opt/clawster/either.mjs /opt/clawster/supervisor.mjs
USER 1000:1000
`;

/** A registry: at which address what is outside the Swarm reaches it, and at which the nodes do. */
export type Registry = { at: string; from: string };
type Where = Registry & { baseImage: string };

/** Builds the image of a bot for tests and pushes it to the registry `at`; answers its name with digest as nodes pull it `from` there. */
export async function pushTestBot(engine: Docker, { baseImage, at, from }: Where): Promise<string> {
  const tools = { t: toolsImage, target: 'tools', buildargs: { BASE: baseImage }, networkmode: 'none' };
  await done(engine, await engine.buildImage(buildContext({ node: process.execPath, supervisor, egressFile }), tools));
  const context = tar.pack();
  context.entry({ name: 'Dockerfile' }, dockerfile);
  context.entry({ name: 'either.mjs' }, either);
  context.entry({ name: 'tiny.mjs' }, await readFile(tiny));
  context.finalize();
  return push(engine, context, { at, from });
}

/** Builds the image of a bot with OpenClaw itself, as `deploy/bot/context.ts` does, and pushes it likewise. */
export function pushRealBot(engine: Docker, runtime: Workload['runtime'], where: Where): Promise<string> {
  const context = buildContext({ node: runtime.node, supervisor, egressFile, runtime });
  return push(engine, context, where, { BASE: where.baseImage });
}

async function push(
  engine: Docker,
  context: NodeJS.ReadableStream,
  { at, from }: Registry,
  buildargs: Record<string, string> = {},
): Promise<string> {
  const name = `${at}/${repository}:lab`;
  await done(engine, await engine.buildImage(context, { t: name, buildargs, networkmode: 'none' }));
  await done(engine, await engine.getImage(name).push({ authconfig: {} }));
  const { RepoDigests } = await engine.getImage(name).inspect();
  const digest = RepoDigests.find((one) => one.startsWith(`${at}/`))?.split('@')[1];
  return `${from}/${repository}@${digest}`;
}

function done(engine: Docker, stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.modem.followProgress(stream, (error: Error | null, lines: { error?: string }[]) => {
      const said = error?.message ?? lines.find((line) => line.error)?.error;
      if (said === undefined) resolve();
      else reject(new Error(said));
    });
  });
}
