import type { PlannedUpstream } from '@clawster/link/model-plan';
import { type Dispatcher, request } from 'undici';
import { outwardAgents } from '../host/way-out.ts';
import { keyHeaders, upstreamUrl } from './dialect.ts';
import { ModelRefusal } from './model-refusal.ts';
import { type Asked, bodyFor } from './read-request.ts';

/** A model may think for many minutes before its first byte; an address that does not answer is told within ten seconds. */
const agents = outwardAgents({ headersTimeout: 15 * 60_000, bodyTimeout: 15 * 60_000 });

/** Why a call to one provider failed, in a sentence that says what to do. `isPassing`: it may well work in a moment. */
export class UpstreamTrouble extends ModelRefusal {
  readonly isPassing: boolean;
  constructor(code: string, sentence: string, { cause, isPassing }: ErrorOptions & { isPassing?: boolean } = {}) {
    super(400, code, sentence);
    this.name = 'UpstreamTrouble';
    this.cause = cause;
    this.isPassing = isPassing ?? false;
  }
}

/** Hands the bot's request to the provider with the real key; throws UpstreamTrouble when that cannot work. */
export async function callUpstream(
  upstream: PlannedUpstream,
  asked: Asked,
  how: { signal: AbortSignal; allowPrivate: boolean },
): Promise<Dispatcher.ResponseData> {
  const url = upstreamUrl(upstream, asked);
  const answer = await ask(url, { upstream, asked, ...how });
  const sentence = whyUseless(answer.statusCode, upstream, url);
  if (sentence === undefined) return answer;
  await answer.body.dump().catch(() => {});
  throw new UpstreamTrouble(...sentence);
}

async function ask(
  url: URL,
  {
    upstream,
    asked,
    signal,
    allowPrivate,
  }: { upstream: PlannedUpstream; asked: Asked; signal: AbortSignal; allowPrivate: boolean },
): Promise<Dispatcher.ResponseData> {
  try {
    // Redirects are not followed: they would carry the key elsewhere.
    return await request(url, {
      method: 'POST',
      body: bodyFor(asked, upstream.model),
      signal,
      dispatcher: agents(allowPrivate),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'clawster',
        ...keyHeaders(upstream, asked.dialect),
      },
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UpstreamTrouble(
      'provider-unreachable',
      `The model provider at ${url.origin} cannot be reached (${causeOf(error)}). Check the address and the network`,
      { cause: error, isPassing: true },
    );
  }
}

function whyUseless(status: number, { model }: PlannedUpstream, url: URL): [string, string] | undefined {
  const provider = `The model provider at ${url.origin}`;
  if (status === 401 || status === 403)
    return [
      'provider-key-refused',
      `${provider} refused the API key (HTTP ${status}). Replace the key in the connector`,
    ];
  if (status === 404)
    return [
      'provider-not-found',
      `${provider} knows no model "${model}" at ${url.pathname} (HTTP 404). Check the connector's address and the model's name`,
    ];
  if (status >= 300 && status < 400)
    return [
      'provider-redirects',
      `${provider} sends elsewhere (HTTP ${status}), where its key does not go. Enter the address it sends to in the connector`,
    ];
  return undefined;
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
