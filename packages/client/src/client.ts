import { type Api, api } from '@clawster/contract/api';
import type { InputOf, OutputOf, Route } from '@clawster/contract/route';
import { type Asked, type CallOptions, type ClientSettings, fail, notClawster, send } from './send.ts';

export type { CallOptions, ClientSettings } from './send.ts';

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
    return route.stream || route.file ? partByPart(asked) : answer(asked);
  };
}

/** Few callers ask for what comes part by part: a browser fetches how with the first. */
async function* partByPart(asked: Asked): AsyncGenerator<unknown> {
  const { file, stream } = await import('./part-by-part.ts');
  yield* asked.route.file ? file(asked) : stream(asked);
}

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

function mapValues<Value, Result>(
  object: Record<string, Value>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
