import type { PlannedUpstream } from '@clawster/link/model-plan';
import { dialectsOf, keyHeaders } from '../model-gateway/dialect.ts';
import type { Finding } from './prove-credential.ts';

const answerMsMax = 20_000;

/** Asks the provider for its list of models, which costs nothing and needs the key. */
export async function askModels(upstream: AskedUpstream, signal: AbortSignal): Promise<Finding> {
  if (upstream.provider === 'demo') return { outcome: 'proven', text: 'The demo model needs no key' };
  const url = modelsUrl(upstream);
  try {
    const response = await fetch(url, {
      headers: headersOf(upstream),
      // A redirect would carry the key elsewhere.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(answerMsMax)]),
    });
    await response.body?.cancel();
    return findingOf(response, url);
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return { outcome: 'open', text: `The model provider at ${url.origin} cannot be reached (${why})` };
  }
}

function findingOf({ ok, status }: Response, { origin }: URL): Finding {
  if (ok) return { outcome: 'proven', text: `The model provider at ${origin} took the key` };
  if (status === 401 || status === 403)
    return { outcome: 'refused', text: `The model provider at ${origin} refused the key (HTTP ${status}). Replace it` };
  return {
    outcome: 'open',
    text: `The model provider at ${origin} gives no list of models (HTTP ${status}), so that the key is not proven`,
  };
}

type AskedUpstream = Pick<PlannedUpstream, 'provider' | 'baseUrl' | 'apiKey' | 'model'>;

/** OpenRouter tells its list to everybody: there the key is asked about itself. */
function modelsUrl({ provider, baseUrl }: AskedUpstream): URL {
  const base = baseUrl.replace(/\/+$/, '');
  if (provider === 'openrouter') return new URL(`${base}/key`);
  return new URL(provider === 'anthropic' && !base.endsWith('/v1') ? `${base}/v1/models` : `${base}/models`);
}

function headersOf(upstream: AskedUpstream): Record<string, string> {
  const common = { 'user-agent': 'clawster' };
  return upstream.apiKey ? { ...common, ...keyHeaders(upstream, dialectsOf(upstream)[0]) } : common;
}
