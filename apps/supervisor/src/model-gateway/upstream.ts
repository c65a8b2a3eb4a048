import type { ModelUpstream } from '@clawster/link/supervisor-methods';
import { Agent, fetch } from 'undici';
import type { Response } from 'undici';

/** A model may think for many minutes before its first byte; an address that does not answer is told within ten seconds. */
const agent = new Agent({ connect: { timeout: 10_000 }, headersTimeout: 15 * 60_000, bodyTimeout: 15 * 60_000 });

export type Dialect = 'openai' | 'anthropic';
export type RealUpstream = Exclude<ModelUpstream, { provider: 'demo' }>;

/** Why a call to the provider failed, in a sentence that says what to do. */
export class UpstreamTrouble extends Error {
  readonly code: string;
  constructor(code: string, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'UpstreamTrouble';
    this.code = code;
  }
}

/** Hands the bot's request to the provider with the real key; throws UpstreamTrouble when that cannot work. */
export async function callUpstream(upstream: RealUpstream, body: string, signal: AbortSignal): Promise<Response> {
  const url = upstreamUrl(upstream);
  let response: Response;
  try {
    // Redirects would carry the key elsewhere.
    response = await fetch(url, {
      method: 'POST',
      body,
      signal,
      dispatcher: agent,
      redirect: 'manual',
      headers: upstreamHeaders(upstream),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UpstreamTrouble(
      'provider-unreachable',
      `The model provider at ${url.origin} cannot be reached (${causeOf(error)}). Check the address and the network`,
      { cause: error },
    );
  }
  if (response.status === 401 || response.status === 403) {
    await response.body?.cancel();
    throw new UpstreamTrouble(
      'provider-key-refused',
      `The model provider at ${url.origin} refused the API key (HTTP ${response.status}). Replace the key in the connector`,
    );
  }
  if (response.status === 404) {
    await response.body?.cancel();
    throw new UpstreamTrouble(
      'provider-not-found',
      `The model provider at ${url.origin} knows no model "${upstream.model}" at ${url.pathname} (HTTP 404). Check the connector's address and the model's name`,
    );
  }
  return response;
}

export function dialectOf(upstream: ModelUpstream): Dialect {
  return upstream.provider === 'anthropic' ? 'anthropic' : 'openai';
}

function upstreamUrl(upstream: RealUpstream): URL {
  const base = upstream.baseUrl.replace(/\/+$/, '');
  if (upstream.provider !== 'anthropic') return new URL(`${base}/chat/completions`);
  return new URL(base.endsWith('/v1') ? `${base}/messages` : `${base}/v1/messages`);
}

function upstreamHeaders(upstream: RealUpstream): Record<string, string> {
  const common = { 'content-type': 'application/json', 'user-agent': 'clawster' };
  if (!upstream.apiKey) return common;
  if (upstream.provider === 'anthropic')
    return { ...common, 'x-api-key': upstream.apiKey, 'anthropic-version': '2023-06-01' };
  return { ...common, authorization: `Bearer ${upstream.apiKey}` };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
