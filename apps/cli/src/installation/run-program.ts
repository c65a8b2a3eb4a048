import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from '../command.ts';
import { CliRefusal, exitCodes } from '../failure.ts';
import { cloneFolder } from '../up/clone.ts';
import { dataFolderOf } from '../world.ts';

const program = join(cloneFolder, 'apps/server/src/backup/main.ts');

const Message = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('progress') }),
  z.object({ type: z.literal('done'), result: z.unknown() }),
  z.object({ type: z.literal('failed'), known: z.boolean(), message: z.string() }),
]);

type Ask =
  | ({ do: 'backup' | 'restore'; file: string; passphrase: string } & Record<string, unknown>)
  | { do: 'reset-link'; email: string };

/**
 * Has the server's own program do what needs the database, and answers with its result. The passphrase goes to its
 * standard input, where no list of processes shows it; Ctrl-C ends it, and what it was writing is not there then.
 */
export async function runProgram(
  { world, signal }: Pick<Context, 'world' | 'signal'>,
  ask: Ask,
  onProgress: (progress: Record<string, unknown>) => void,
): Promise<unknown> {
  const child = spawn(process.execPath, [program], {
    env: { ...world.env, CLAWSTER_DATA_DIR: dataFolderOf(world) },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C reaches this process alone, which then asks it to end.
    detached: true,
  });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  let outcome: z.infer<typeof Message> | undefined;
  let complaints = '';
  child.stderr?.on('data', (bytes: Buffer) => (complaints = (complaints + bytes.toString()).slice(-4_000)));
  child.on('message', (message) => {
    const said = Message.parse(message);
    if (said.type === 'progress') onProgress(said);
    else outcome = said;
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(JSON.stringify(ask));
  try {
    await once(child, 'close');
  } finally {
    signal.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
  if (outcome?.type === 'done') return outcome.result;
  throw failure(outcome?.type === 'failed' ? outcome : undefined, complaints);
}

function failure(said: { known: boolean; message: string } | undefined, complaints: string): CliRefusal {
  if (said?.known) return new CliRefusal(said.message);
  const last = complaints.trim() || 'It said nothing';
  return new CliRefusal(`${said?.message ?? 'The program that does this ended early'}\n${last}`, exitCodes.trouble);
}
