import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const silentMsMax = 120_000;

/**
 * The same stream, which fails when nothing passes for two minutes: a host that hangs, on either side, must not hold an
 * operation for ever. The signal, and destroying it, destroy the source at once, also while that is silent.
 */
export function unlessStalled(source: Readable, signal: AbortSignal, msMax = silentMsMax): Readable {
  const watched = new PassThrough();
  // It may fail before anyone reads it, who then meets the error.
  watched.on('error', () => undefined);
  const stop = () => watched.destroy(signal.reason as Error);
  const fail = () => watched.destroy(new Error(`Nothing came for ${Math.round(msMax / 1000)} s: the host hangs`));
  let timer = setTimeout(fail, msMax);
  source.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(fail, msMax);
  });
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  // Its error is that of the stream it ends in.
  pipeline(source, watched)
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  return watched;
}
