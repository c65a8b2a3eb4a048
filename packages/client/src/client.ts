import { type Api, api } from '@clawster/contract/api';
import { idempotencyHeader } from '@clawster/contract/idempotency';
import type { InputOf, OutputOf, Route } from '@clawster/contract/route';
import { parseProblem, ProblemError } from './problem-error.ts';
import { toHttpRequest } from './request.ts';
import { Unreachable } from './unreachable.ts';

export type ClientSettings = {
  /** Where the server is, such as `http://127.0.0.1:4500`; empty in a browser: the page's own origin. */
  baseUrl: string;
  apiKey?: string;
  headers?: Record<string, string>;
  fetch?: typeof globalThis.fetch;
};
export type CallOptions = {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Streams only: give up when not even a heartbeat came for so long. */
  silenceMsMax?: number;
};

type Answer<R extends Route> = R extends { stream: true } | { file: true }
  ? AsyncIterable<OutputOf<R>>
  : Promise<OutputOf<R>>;
type Call<R extends Route> =
  Record<never, never> extends InputOf<R>
    ? (input?: InputOf<R>, options?: CallOptions) => Answer<R>
    : (input: InputOf<R>, options?: CallOptions) => Answer<R>;

/** One function for each route of the contract: `client.bots.create(input, { signal })`. */
export type Client = {
  [Noun in keyof Api]: { [Verb in keyof Api[Noun]]: Api[Noun][Verb] extends Route ? Call<Api[Noun][Verb]> : never };
};

/**
 * Speaks to a Clawster server. Refusals are thrown as `ProblemError`, network trouble as `Unreachable`;
 * an aborted call rejects with the signal's reason.
 */
export function createClient(settings: ClientSettings): Client {
  const nouns: Record<string, Record<string, Route>> = api;
  // A mapped type cannot be built entry by entry; the contract it is made from has the same shape.
  return mapValues(nouns, (verbs) => mapValues(verbs, (route) => callOf(route, settings))) as unknown as Client;
}

function callOf(route: Route, settings: ClientSettings) {
  return (input: Record<string, unknown> = {}, options: CallOptions = {}) => {
    const asked = { route, settings, input, options };
    if (route.file) return file(asked);
    return route.stream ? stream(asked) : answer(asked);
  };
}

type Asked = { route: Route; settings: ClientSettings; input: Record<string, unknown>; options: CallOptions };

async function answer(asked: Asked): Promise<unknown> {
  const { settings, options } = asked;
  const response = await send(asked);
  const text = await response.text().catch((error: unknown) => fail(settings, options.signal, error));
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw notClawster(settings, response.status);
  }
}

async function* stream(asked: Asked) {
  const { settings, options } = asked;
  // Leaving the loop early must close the connection, also when the caller gave no signal.
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
  try {
    const response = await send({ ...asked, options: { ...options, signal } });
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      throw notClawster(settings, response.status);
    // Few callers stream at once: a browser fetches the reader with the first stream.
    const { readStream } = await import('./stream.ts');
    yield* readStream(response.body, { signal, silenceMsMax: options.silenceMsMax });
  } catch (error) {
    fail(settings, options.signal, error);
  } finally {
    closing.abort();
  }
}

/** A file's text as it comes; one that breaks off is thrown as `Unreachable`. */
async function* file(asked: Asked): AsyncGenerator<string> {
  const { settings, options } = asked;
  try {
    const { body } = await send(asked);
    const text = new TextDecoder();
    for await (const bytes of body ?? []) yield text.decode(bytes, { stream: true });
  } catch (error) {
    fail(settings, options.signal, error);
  }
}

async function send({ route, settings, input, options }: Asked): Promise<Response> {
  const { url, method, body } = toHttpRequest(route, settings.baseUrl, input);
  const headers = {
    accept: acceptedOf(route),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {}),
    ...(method === 'POST' ? { [idempotencyHeader]: newKey() } : {}),
    ...settings.headers,
    ...options.headers,
  };
  const fetch = settings.fetch ?? globalThis.fetch;
  const request = {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const ask = () => fetch(url, request);
  const again = async (error: unknown) => {
    // What was asked under a key is done once, however often it is asked.
    if (method !== 'POST' || route.stream || options.signal?.aborted) throw error;
    await new Promise((resolve) => setTimeout(resolve, againMs));
    return ask();
  };
  const response = await ask()
    .catch(again)
    .catch((error: unknown) => fail(settings, options.signal, error));
  if (response.ok) return response;

  const problem = parseProblem(await response.text().catch(() => ''));
  throw problem ? new ProblemError(problem) : notClawster(settings, response.status);
}

/** Long enough for a replica that stops to be passed over. */
const againMs = 300;

/** Not `randomUUID`: a browser has it only where the page came by HTTPS or from its own machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function acceptedOf({ file: isFile, stream: isStream }: Route): string {
  if (isFile) return '*/*';
  return isStream ? 'text/event-stream' : 'application/json';
}

function notClawster(settings: ClientSettings, status: number): Unreachable {
  return new Unreachable(
    `${placeOf(settings)} answered (${status}), but not as a Clawster server does. Check the address.`,
  );
}

function fail(settings: ClientSettings, signal: AbortSignal | undefined, error: unknown): never {
  if (signal?.aborted) throw signal.reason;
  if (error instanceof ProblemError || error instanceof Unreachable) throw error;
  throw new Unreachable(
    `Cannot reach Clawster at ${placeOf(settings)}. Is it running? Start it with \`clawster up\`.`,
    { cause: error },
  );
}

function placeOf(settings: ClientSettings): string {
  return settings.baseUrl || 'this address';
}

function mapValues<Value, Result>(
  object: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
