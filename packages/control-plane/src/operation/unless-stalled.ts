import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const silentMsMax = 120_000;

/**
 * The same stream, which fails when nothing passes for two minutes: a host that hangs, on either side, must not hold an
 * operation for ever. Destroying it destroys the source at once, also while that is silent.
 */
export function unlessStalled(source: Readable, msMax = silentMsMax): Readable {
  const watched = new PassThrough();
  const fail = () => watched.destroy(new Error(`Nothing came for ${Math.round(msMax / 1000)} s: the host hangs`));
  let timer = setTimeout(fail, msMax);
  source.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(fail, msMax);
  });
  // Its error is that of the stream it ends in.
  pipeline(source, watched)
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
  return watched;
}
