import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { archiveOf, whyNotDone, wordsMax } from '@clawster/target/state-maker';
import type { StateTools } from '@clawster/target/target';
import type { BotFolder } from './bot-folder.ts';
import { environment } from './environment.ts';

const pipeEnded = ['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'];

type Working = { child: ChildProcessByStdio<Writable, Readable, Readable>; ended: Promise<Error | undefined> };

/** Has the supervisor's file pack the state of a bot, whether the bot runs or not. */
export async function exportState(folder: BotFolder, tools: StateTools): Promise<Readable> {
  const { child, ended } = work('export', folder, tools);
  child.stdin.end();
  return archiveOf({ output: child.stdout, ended, end: () => child.kill('SIGKILL') });
}

/** Has the supervisor's file unpack the archive into the bot's folder, whole or not at all. */
export async function importState(folder: BotFolder, archive: Readable, tools: StateTools): Promise<void> {
  await mkdir(dirname(folder.directory), { recursive: true, mode: 0o700 });
  const { child, ended } = work('import', folder, tools);
  child.stdout.resume();
  // A supervisor that refused reads no more: why it did is its own word, not the pipe that broke or closed.
  const sent = await pipeline(archive, child.stdin).then(
    () => undefined,
    (error: Error) => error,
  );
  const failed = await ended;
  if (sent && !pipeEnded.includes((sent as NodeJS.ErrnoException).code ?? '')) throw sent;
  if (failed) throw failed;
}

function work(command: 'export' | 'import', folder: BotFolder, tools: StateTools): Working {
  const child = spawn(tools.node, [tools.supervisor.file, command, folder.directory], {
    env: environment(folder),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-wordsMax);
  });
  const { promise: ended, resolve } = Promise.withResolvers<Error | undefined>();
  child.once('error', (cause) =>
    resolve(new Error(`The supervisor could not be started with ${tools.node}: ${cause.message}`, { cause })),
  );
  child.once('close', (code, signal) => resolve(whyNotDone(signal ?? code, words)));
  return { child, ended };
}
