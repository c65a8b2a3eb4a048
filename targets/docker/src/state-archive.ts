import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NoState } from '@clawster/target/no-state';
import { archiveOf, type Maker, whyNotDone, wordsMax } from '@clawster/target/state-maker';
import type { StateTools } from '@clawster/target/target';
import type Docker from 'dockerode';
import type { ContainerCreateOptions } from 'dockerode';
import { type Engine, makeVolume } from './apply.ts';
import { findVolume } from './bots.ts';
import { hardened } from './hardening.ts';
import { label, nameOf } from './labels.ts';
import { checkVolume } from './lying-bots.ts';
import { unlessMissing } from './missing.ts';
import { place, user } from './place.ts';
import type { Settings } from './settings.ts';

type Ask = { command: 'export' | 'import'; botId: string; tools: StateTools };
/** `owner`: the installation whose bot it is. */
type Whose = Omit<Ask, 'command'> & { owner: string };
export type Helper = Maker & { stream: NodeJS.ReadWriteStream };

/** Packs the bot's state in a container of its own beside the bot, which may run. */
export async function exportState(at: Engine, { botId, tools, owner }: Whose): Promise<Readable> {
  if (!(await findVolume(at.engine, botId))) throw new NoState();
  await checkVolume(at.engine, botId, owner);
  const { stream, output, ended, end } = await help(at, { command: 'export', botId, tools });
  stream.end();
  return archiveOf({ output, ended, end });
}

/** Unpacks the archive into the bot's volume, whole or not at all. */
export async function importState(at: Engine, archive: Readable, ask: Omit<Ask, 'command'>): Promise<void> {
  await makeVolume(at.engine, at.settings, ask.botId);
  const { stream, output, ended } = await help(at, { command: 'import', ...ask });
  output.resume();
  // One that refused reads no more: why it did is its own word, not the connection that closed.
  pipeline(archive, stream as NodeJS.WritableStream).catch(() => undefined);
  const failed = await ended;
  if (archive.errored) throw archive.errored;
  if (failed) throw failed;
}

async function help(at: Engine, ask: Ask): Promise<Helper> {
  return startHelper(at.engine, helperOf(ask, at, await at.images.tools(ask.tools)));
}

/** Runs a container that is spoken to on its standard input and output, and is gone when it is over. */
export async function startHelper(engine: Docker, options: ContainerCreateOptions): Promise<Helper> {
  const container = await engine.createContainer(options);
  const remove = () => unlessMissing(container.remove({ force: true })).then(() => undefined);
  try {
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
    const output = new PassThrough();
    const words = new PassThrough();
    let said = '';
    words.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-wordsMax);
    });
    engine.modem.demuxStream(stream, output, words);
    stream.on('error', () => undefined);
    await container.start();
    const ended = whenOver(container, stream)
      .then((code) => whyNotDone(code, said))
      .finally(() => output.end())
      .finally(remove);
    ended.catch(() => undefined);
    return { stream, output, ended, end: () => void remove().catch(() => undefined) };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Its exit code, once all it wrote is here. */
async function whenOver(container: Docker.Container, stream: NodeJS.ReadableStream): Promise<number> {
  const drained = new Promise<void>((resolve) => {
    for (const name of ['end', 'close', 'error']) stream.once(name, () => resolve());
  });
  const { StatusCode } = (await container.wait()) as { StatusCode: number };
  await drained;
  return StatusCode;
}

function helperOf({ command, botId }: Ask, { settings }: Engine, image: string): ContainerCreateOptions {
  const { HostConfig, ...rest } = helperContainer(settings, { botId, image, command: [command, place.bot] });
  const Mounts = [{ Type: 'volume' as const, Source: nameOf(botId), Target: place.bot }];
  return { ...rest, HostConfig: { ...HostConfig, Mounts } };
}

/** What a helper may take of its machine. */
export const helperLimits = { memoryBytes: 1e9, processes: 64 };

/** A container that does something with a bot's state for us, on its standard input and output. */
export function helperContainer(
  { installation, cpusMax }: Pick<Settings, 'installation' | 'cpusMax'>,
  { botId, image, command }: { botId: string; image: string; command: string[] },
): ContainerCreateOptions {
  return {
    Image: image,
    User: `${user.uid}:${user.gid}`,
    Entrypoint: [place.node, place.supervisor],
    Cmd: command,
    Labels: { [label.installation]: installation, [label.role]: 'helper', [label.bot]: botId },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      ...hardened({ ...helperLimits, cpus: cpusMax }),
      NetworkMode: 'none',
      // What it writes is the bot's state: none of it is kept anywhere else.
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}
