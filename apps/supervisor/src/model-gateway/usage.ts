import type { Dialect } from './dialect.ts';

/** What a call took, each token in one bucket: `inputTokens` are those that no cache had. Reasoning is part of the output. */
export type TokenUsage = {
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  /** Of `cacheWriteTokens`, those Anthropic keeps for an hour. */
  cacheWriteHourTokens?: number;
  reasoningTokens?: number;
};

/** A JSON object of a provider's, of which any part may be missing or of another kind. */
export type Loose = { [key: string]: Loose | undefined };

/** What this object of an answer says of the tokens, laid over what was said before. */
export function usageIn(dialect: Dialect, body: Loose, before: TokenUsage | undefined): TokenUsage | undefined {
  const raw = rawUsage(dialect, body);
  if (!raw) return before;
  if (dialect === 'anthropic-messages') return ofAnthropic(raw, before);
  if (dialect === 'google-generative-ai') return ofGoogle(raw);
  return ofOpenAi(raw);
}

function rawUsage(dialect: Dialect, body: Loose): Loose | undefined {
  const found =
    dialect === 'google-generative-ai'
      ? body['usageMetadata']
      : (body['usage'] ?? body['message']?.['usage'] ?? body['response']?.['usage']);
  return typeof found === 'object' && found !== null ? found : undefined;
}

/** Chat completions and responses name the same things differently, and count what caches had as input. */
function ofOpenAi(raw: Loose): TokenUsage | undefined {
  const asked = said(raw, 'prompt_tokens', 'input_tokens');
  const outputTokens = said(raw, 'completion_tokens', 'output_tokens');
  if (asked === undefined && outputTokens === undefined) return undefined;
  const details = {
    ...(raw['prompt_tokens_details'] ?? raw['input_tokens_details']),
    ...(raw['completion_tokens_details'] ?? raw['output_tokens_details']),
  };
  const cacheReadTokens = said({ ...raw, ...details }, 'cached_tokens', 'prompt_cache_hit_tokens') ?? 0;
  const cacheWriteTokens = said({ ...raw, ...details }, 'cache_write_tokens', 'cache_creation_input_tokens') ?? 0;
  return {
    inputTokens: Math.max(0, (asked ?? 0) - cacheReadTokens - cacheWriteTokens),
    outputTokens: outputTokens ?? 0,
    cacheReadTokens,
    cacheWriteTokens,
    ...optional('reasoningTokens', said(details, 'reasoning_tokens')),
  };
}

const noTokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** Said at the start of a stream and once more at its end, where what is not said again stays. */
function ofAnthropic(raw: Loose, before: TokenUsage = noTokens): TokenUsage {
  const hourly = said(raw['cache_creation'] ?? {}, 'ephemeral_1h_input_tokens') ?? before.cacheWriteHourTokens;
  return {
    inputTokens: said(raw, 'input_tokens') ?? before.inputTokens,
    outputTokens: said(raw, 'output_tokens') ?? before.outputTokens,
    cacheReadTokens: said(raw, 'cache_read_input_tokens') ?? before.cacheReadTokens,
    cacheWriteTokens: said(raw, 'cache_creation_input_tokens') ?? before.cacheWriteTokens,
    ...optional('cacheWriteHourTokens', hourly),
  };
}

/** Thoughts are counted beside the candidates, and what a tool's prompt took beside the prompt. */
function ofGoogle(raw: Loose): TokenUsage {
  const cacheReadTokens = said(raw, 'cachedContentTokenCount') ?? 0;
  const thoughts = said(raw, 'thoughtsTokenCount');
  const ofTools = said(raw, 'toolUsePromptTokenCount') ?? 0;
  return {
    inputTokens: Math.max(0, (said(raw, 'promptTokenCount') ?? 0) - cacheReadTokens) + ofTools,
    outputTokens: (said(raw, 'candidatesTokenCount') ?? 0) + (thoughts ?? 0),
    cacheReadTokens,
    cacheWriteTokens: 0,
    ...optional('reasoningTokens', thoughts),
  };
}

/** What OpenRouter says the call was billed, in US dollars. */
export function billedIn(body: Loose): number | undefined {
  return said(body['usage'] ?? {}, 'cost');
}

function optional<K extends 'reasoningTokens' | 'cacheWriteHourTokens'>(key: K, value: number | undefined) {
  return value === undefined || value === 0 ? {} : { [key]: value };
}

/** The first of these that is there and a count. */
function said(raw: Loose, ...names: string[]): number | undefined {
  const values: unknown[] = names.map((name) => raw[name]);
  return values.find((value): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0);
}
