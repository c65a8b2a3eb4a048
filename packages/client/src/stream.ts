import { createParser } from 'eventsource-parser';
import { parseProblem, ProblemError } from './problem-error.ts';
import { Unreachable } from './unreachable.ts';

type StreamLimits = { signal: AbortSignal; silenceMsMax: number | undefined };

/**
 * The JSON values of a `text/event-stream`, in order. An event named `problem` is thrown as `ProblemError`:
 * by then the status line is long sent, so a failure can only travel inside the stream.
 */
export async function* readStream(body: ReadableStream<Uint8Array>, limits: StreamLimits): AsyncGenerator<unknown> {
  const waiting: unknown[] = [];
  let failure: Error | undefined;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'problem') failure ??= failureOf(data);
      else waiting.push(JSON.parse(data));
    },
  });
  const reader = body.getReader();
  const text = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read(), limits.silenceMsMax);
      if (done) return;
      parser.feed(text.decode(value, { stream: true }));
      yield* waiting.splice(0);
      if (failure) throw failure;
    }
  } finally {
    // Nobody waits for the close: on a dead connection it may never come.
    void reader.cancel().catch(() => undefined);
  }
}

function failureOf(data: string): Error {
  const problem = parseProblem(data);
  return problem
    ? new ProblemError(problem)
    : new Unreachable('The server broke the stream off without saying why. Try again.');
}

async function withinSilence<Value>(read: Promise<Value>, silenceMsMax: number | undefined): Promise<Value> {
  if (silenceMsMax === undefined) return read;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Unreachable('The server fell silent; the connection is taken as lost.')),
      silenceMsMax,
    );
  });
  return Promise.race([read, silence]).finally(() => clearTimeout(timer));
}
