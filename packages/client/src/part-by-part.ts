import { type Asked, fail, notClawster, send } from './send.ts';
import { readStream } from './stream.ts';

/** The values of a stream as they come; leaving it early closes the connection. */
export async function* stream(asked: Asked): AsyncGenerator<unknown> {
  const { settings, options } = asked;
  // Leaving the loop early must close the connection, also when the caller gave no signal.
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
  try {
    const response = await send({ ...asked, options: { ...options, signal } });
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      throw notClawster(settings, response.status);
    yield* readStream(response.body, { signal, silenceMsMax: options.silenceMsMax });
  } catch (error) {
    fail(settings, options.signal, error);
  } finally {
    closing.abort();
  }
}

/** A file's text as it comes; one that breaks off is thrown as `Unreachable`. */
export async function* file(asked: Asked): AsyncGenerator<string> {
  const { settings, options } = asked;
  try {
    const { body } = await send({ ...asked, options: { ...options, headers: { accept: '*/*', ...options.headers } } });
    const text = new TextDecoder();
    for await (const bytes of body ?? []) yield text.decode(bytes, { stream: true });
  } catch (error) {
    fail(settings, options.signal, error);
  }
}
