/**
 * Turns parts that are pushed into an iterable that is pulled. `start` is run at once; its parts wait here
 * until they are read, at most `waitingMax` of them: beyond that the oldest are let go.
 */
export async function* streamParts<Part>(
  start: (push: (part: Part) => void) => Promise<unknown>,
  options: { signal: AbortSignal; waitingMax?: number },
): AsyncGenerator<Part> {
  const waiting: Part[] = [];
  const waitingMax = options.waitingMax ?? 10_000;
  let wake = () => {};
  let ended = false;
  let trouble: unknown;
  const push = (part: Part) => {
    waiting.push(part);
    if (waiting.length > waitingMax) waiting.shift();
    wake();
  };
  const end = (error?: unknown) => {
    trouble ??= error;
    ended = true;
    wake();
  };
  const leave = () => end();
  options.signal.addEventListener('abort', leave, { once: true });
  start(push).then(() => end(), end);
  try {
    while (!options.signal.aborted) {
      yield* waiting.splice(0);
      if (ended && waiting.length === 0) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (waiting.length > 0 || ended) resolve();
      });
    }
    if (trouble && !options.signal.aborted) throw trouble;
  } finally {
    options.signal.removeEventListener('abort', leave);
  }
}
