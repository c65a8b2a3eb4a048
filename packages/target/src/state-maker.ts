import { once } from 'node:events';
import { type Readable, Transform } from 'node:stream';
import { NoState } from './no-state.ts';

/** The supervisor's exit code for an export that found nothing. */
const nothingToExport = 3;
/** Of what a supervisor says, its end is kept. */
export const wordsMax = 4_000;

/** A supervisor at work on a bot's state: what it writes, how it ended, and how to end it before that. */
export type Maker = { output: Readable; ended: Promise<Error | undefined>; end(): void };

/** What it writes as an archive that is whole only when its maker says so. Throws what could not be begun. */
export async function archiveOf({ output, ended, end }: Maker): Promise<Readable> {
  // Nothing is promised before there is something: what cannot be begun is refused here, not midway.
  await Promise.race([once(output, 'readable'), ended]);
  const failed = output.readableLength === 0 ? await ended : undefined;
  if (failed) throw failed;
  const archive = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, chunk),
    flush: (done) => void ended.then((broken) => done(broken ?? null)),
  });
  archive.once('close', end);
  archive.on('error', () => undefined);
  output.pipe(archive);
  return archive;
}

/** Why the supervisor did not do what it was asked, by how it ended and its last words; undefined when it did. */
export function whyNotDone(code: number | string | null, words: string): Error | undefined {
  if (code === 0) return undefined;
  if (code === nothingToExport) return new NoState();
  const last = words.trim().split('\n').at(-1);
  return new Error(last || `The supervisor ended with ${code} before the archive was complete`);
}
