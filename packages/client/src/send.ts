import { idempotencyHeader } from '@clawster/contract/idempotency';
import type { Route } from '@clawster/contract/route';
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

/** A call: what is asked, of whom, and how. */
export type Asked = { route: Route; settings: ClientSettings; input: Record<string, unknown>; options: CallOptions };

/** The answer to a call, once it has begun; a refusal is thrown as `ProblemError`, trouble as `Unreachable`. */
export async function send({ route, settings, input, options }: Asked): Promise<Response> {
  const { url, method, body } = toHttpRequest(route, settings.baseUrl, input);
  // Not `randomUUID`: a browser has it only where the page came by HTTPS or from its own machine.
  const key = method === 'POST' && !route.stream && crypto.getRandomValues(new Uint32Array(4)).join('-');
  const headers = {
    accept: route.stream ? 'text/event-stream' : 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(settings.apiKey ? { authorization: `Bearer ${settings.apiKey}` } : {}),
    ...(key ? { [idempotencyHeader]: key } : {}),
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
  const failed = (error: unknown) => fail(settings, options.signal, error);
  const response = await ask().catch(async (first: unknown) => {
    // What was asked under a key is done once, however often it is asked.
    if (!key || options.signal?.aborted) failed(first);
    await new Promise((resolve) => setTimeout(resolve, againMs));
    return ask().catch((second: unknown) => failed(new AggregateError([first, second])));
  });
  if (response.ok) return response;

  const problem = parseProblem(await response.text().catch(() => ''));
  throw problem ? new ProblemError(problem) : notClawster(settings, response.status);
}

/** Long enough for a replica that stops to be passed over. */
const againMs = 300;

/** What answered is something else. */
export function notClawster(settings: ClientSettings, status: number): Unreachable {
  return new Unreachable(
    `${placeOf(settings)} answered (${status}), but not as a Clawster server does. Check the address.`,
  );
}

/** Throws what a call failed by, in the client's own words; the `cause` of one asked twice is an `AggregateError`. */
export function fail(settings: ClientSettings, signal: AbortSignal | undefined, error: unknown): never {
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
