export type Asked<Progress> = {
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
};
type Work<Progress> = { signal: AbortSignal; onProgress: (progress: Progress) => void };
type UnderWay<Result, Progress> = {
  result: Promise<Result>;
  askers: Set<Asked<Progress>>;
  stop: AbortController;
  last?: Progress;
};

/**
 * Does the work of a key once for all who ask while it is under way; each hears the progress. One who
 * withdraws lets the others go on; when nobody is left, the work is stopped.
 */
export function sharedWork<Result, Progress>(
  start: (key: string, work: Work<Progress>) => Promise<Result>,
): (key: string, asked: Asked<Progress>) => Promise<Result> {
  const underWay = new Map<string, UnderWay<Result, Progress>>();

  const begin = (key: string): UnderWay<Result, Progress> => {
    const stop = new AbortController();
    const askers = new Set<Asked<Progress>>();
    const onProgress = (progress: Progress) => {
      entry.last = progress;
      for (const asker of askers) asker.onProgress?.(progress);
    };
    const result = Promise.resolve().then(() => start(key, { signal: stop.signal, onProgress }));
    const entry: UnderWay<Result, Progress> = { askers, stop, result };
    result.catch(() => undefined).finally(() => forget(key, entry));
    underWay.set(key, entry);
    return entry;
  };
  const forget = (key: string, entry: UnderWay<Result, Progress>) =>
    underWay.get(key) === entry && underWay.delete(key);

  return async (key, asked) => {
    asked.signal?.throwIfAborted();
    const entry = underWay.get(key) ?? begin(key);
    entry.askers.add(asked);
    if (entry.last !== undefined) asked.onProgress?.(entry.last);
    try {
      return await (asked.signal ? untilAborted(entry.result, asked.signal) : entry.result);
    } finally {
      entry.askers.delete(asked);
      if (entry.askers.size === 0) {
        forget(key, entry);
        entry.stop.abort();
      }
    }
  };
}

async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
