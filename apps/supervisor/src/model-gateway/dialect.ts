import type { ModelProvider, PlannedUpstream } from '@clawster/link/model-plan';

/** How a model is spoken to, by OpenClaw's own names. */
export type Dialect = 'openai-completions' | 'openai-responses' | 'anthropic-messages' | 'google-generative-ai';

/** What a path asks for. Google's names the model and whether the answer streams; the others say both in the body. */
export type AskedPath = { dialect: Dialect; model?: string; streams?: boolean; query: string };

const paths: [RegExp, Dialect][] = [
  [/^(?:\/+v1)*\/+chat\/completions$/, 'openai-completions'],
  [/^(?:\/+v1)*\/+responses$/, 'openai-responses'],
  [/^(?:\/+v1)*\/+messages$/, 'anthropic-messages'],
];
const googlePath = /^(?:\/+v1(?:beta)?)*\/+models\/([^:]+):(generateContent|streamGenerateContent)$/;

/** What is asked for at this path. The base URL ends in `/v1`, to which client libraries append paths of different depth. */
export function askedAt(url: string): AskedPath | undefined {
  const [path = '', query = ''] = url.split('?');
  const google = googlePath.exec(path);
  if (google)
    return {
      dialect: 'google-generative-ai',
      model: decodeURIComponent(google[1] ?? ''),
      streams: google[2] === 'streamGenerateContent',
      query,
    };
  const dialect = paths.find(([pattern]) => pattern.test(path))?.[1];
  return dialect && { dialect, query: '' };
}

const spoken: Record<ModelProvider, readonly Dialect[]> = {
  demo: ['openai-completions'],
  openai: ['openai-completions', 'openai-responses'],
  openrouter: ['openai-completions', 'openai-responses'],
  'openai-compatible': ['openai-completions', 'openai-responses'],
  anthropic: ['anthropic-messages'],
  google: ['google-generative-ai'],
};

export function speaks({ provider }: PlannedUpstream, dialect: Dialect): boolean {
  return spoken[provider].includes(dialect);
}

/** Where a provider takes a call of this dialect. */
export function upstreamUrl(upstream: PlannedUpstream, { dialect, streams, query }: AskedPath): URL {
  const base = upstream.baseUrl.replace(/\/+$/, '');
  if (dialect === 'openai-completions') return new URL(`${base}/chat/completions`);
  if (dialect === 'openai-responses') return new URL(`${base}/responses`);
  if (dialect === 'anthropic-messages')
    return new URL(base.endsWith('/v1') ? `${base}/messages` : `${base}/v1/messages`);
  const method = streams ? 'streamGenerateContent' : 'generateContent';
  return new URL(`${base}/models/${encodeURIComponent(upstream.model)}:${method}${googleQuery(query)}`);
}

/** Of the query only how the answer comes: a key in it is the bot's virtual one, and no business of the provider. */
function googleQuery(query: string): string {
  const alt = new URLSearchParams(query).get('alt');
  return alt === null ? '' : `?${new URLSearchParams({ alt })}`;
}

/** The real key as this dialect carries it. */
export function keyHeaders({ apiKey }: PlannedUpstream, dialect: Dialect): Record<string, string> {
  if (dialect === 'anthropic-messages')
    return { 'anthropic-version': '2023-06-01', ...(apiKey ? { 'x-api-key': apiKey } : {}) };
  if (!apiKey) return {};
  return dialect === 'google-generative-ai' ? { 'x-goog-api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
}
