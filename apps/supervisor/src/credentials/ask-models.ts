import type { PlannedUpstream } from '@clawster/link/model-plan';
import { request } from 'undici';
import { outwardAgents } from '../host/way-out.ts';
import { keyHeaders } from '../model-gateway/dialect.ts';
import type { Finding } from './prove-credential.ts';

const answerMsMax = 20_000;
const agents = outwardAgents({ headersTimeout: answerMsMax, bodyTimeout: answerMsMax });

type How = { signal: AbortSignal; allowPrivate: boolean };
type Asked = How & { upstream: PlannedUpstream };

/**
 * Asks the provider for what needs the key and costs nothing: its list of models, or at OpenRouter, whose list is public,
 * what is known of the key. A provider that has no such list is asked for one token.
 */
export async function askModels(upstream: PlannedUpstream, how: How): Promise<Finding> {
  if (upstream.provider === 'demo') return { outcome: 'proven', text: 'The demo model needs no key' };
  const url = listUrl(upstream);
  try {
    const status = await ask(url, { upstream, ...how });
    if (hasNoList(status)) return await askForOneToken({ upstream, ...how });
    // Google calls a key that it does not know a bad request; to this one nothing else could be bad.
    return findingOf(upstream.provider === 'google' && status === 400 ? 401 : status, url);
  } catch (error) {
    how.signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return { outcome: 'open', text: `The model provider at ${url.origin} cannot be reached (${why})` };
  }
}

const hasNoList = (status: number) => status === 404 || status === 405 || status === 501;

async function askForOneToken(asked: Asked): Promise<Finding> {
  const { provider, model } = asked.upstream;
  const url = new URL(`${baseOf(asked.upstream)}/${provider === 'anthropic' ? 'messages' : 'chat/completions'}`);
  const body = { model, messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1 };
  return findingOf(await ask(url, asked, body), url);
}

async function ask(url: URL, { upstream, signal, allowPrivate }: Asked, body?: object): Promise<number> {
  const dialect = upstream.provider === 'anthropic' ? 'anthropic-messages' : dialects[upstream.provider];
  // Redirects are not followed: they would carry the key elsewhere.
  const answer = await request(url, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: {
      'user-agent': 'clawster',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...keyHeaders(upstream, dialect ?? 'openai-completions'),
    },
    dispatcher: agents(allowPrivate),
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
  });
  await answer.body.dump();
  return answer.statusCode;
}

const dialects: Partial<Record<PlannedUpstream['provider'], 'google-generative-ai'>> = {
  google: 'google-generative-ai',
};

function findingOf(status: number, { origin }: URL): Finding {
  const provider = `The model provider at ${origin}`;
  // One that limits the key right now, or that cannot be paid, has taken it all the same.
  if ((status >= 200 && status < 300) || status === 429 || status === 402)
    return { outcome: 'proven', text: `${provider} took the key` };
  if (status === 401 || status === 403)
    return { outcome: 'refused', text: `${provider} refused the key (HTTP ${status}). Replace it` };
  return { outcome: 'open', text: `${provider} said neither yes nor no to the key (HTTP ${status})` };
}

function listUrl(upstream: PlannedUpstream): URL {
  return new URL(`${baseOf(upstream)}/${upstream.provider === 'openrouter' ? 'key' : 'models'}`);
}

function baseOf({ provider, baseUrl }: PlannedUpstream): string {
  const base = baseUrl.replace(/\/+$/, '');
  return provider === 'anthropic' && !base.endsWith('/v1') ? `${base}/v1` : base;
}
