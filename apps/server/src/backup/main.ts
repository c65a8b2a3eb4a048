import { text } from 'node:stream/consumers';
import { BackupTrouble } from '@clawster/database/backup/backup-trouble';
import { DatabaseTrouble } from '@clawster/database/trouble';
import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';
import { ConfigTrouble, parseConfig } from '../config.ts';
import { StartTrouble } from '../server-file.ts';
import { backUp } from './back-up.ts';
import { makeResetLink } from './reset-link.ts';
import { restore } from './restore.ts';

// What the CLI cannot do itself, since it never opens the database: it starts this program, and tells it what to do, and
// the passphrase, on standard input, which nobody else can read. Answers go over the channel to the parent.

const Ask = z.discriminatedUnion('do', [
  z.object({ do: z.literal('backup'), file: z.string(), passphrase: z.string(), overwrite: z.boolean() }),
  z.object({ do: z.literal('restore'), file: z.string(), passphrase: z.string(), startMissing: z.boolean() }),
  z.object({ do: z.literal('reset-link'), email: z.string() }),
]);

const everyMs = 200;
const interrupted = new AbortController();
for (const name of ['SIGTERM', 'SIGINT', 'disconnect'])
  process.on(name, () => interrupted.abort(new BackupTrouble('Interrupted: nothing was written')));

/** Tells the parent, or a shell without one. */
function say(message: object): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else process.stdout.write(`${JSON.stringify(message)}\n`, () => resolve());
  });
}

/** Progress at most five times a second: each is a message to another process. Throws to end the work once it is to end. */
function sayProgress(): (progress: object) => void {
  let saidAt = 0;
  return (progress) => {
    interrupted.signal.throwIfAborted();
    if (Date.now() - saidAt < everyMs) return;
    saidAt = Date.now();
    void say({ type: 'progress', ...progress });
  };
}

async function work(): Promise<object> {
  const ask = Ask.parse(JSON.parse(await text(process.stdin)));
  const config = parseConfig(process.env);
  if (ask.do === 'reset-link') return makeResetLink(config, ask.email);
  const onProgress = sayProgress();
  return ask.do === 'backup' ? backUp(config, { ...ask, onProgress }) : restore(config, { ...ask, onProgress });
}

try {
  const result = await work();
  await say({ type: 'done', result });
  process.exit(0);
} catch (error) {
  const known = [BackupTrouble, ConfigTrouble, DatabaseTrouble, Refusal, StartTrouble].some(
    (kind) => error instanceof kind,
  );
  await say({ type: 'failed', known, message: error instanceof Error ? error.message : String(error) });
  if (!known) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(known ? 2 : 1);
}
