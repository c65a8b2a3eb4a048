import type { Attributes } from '@opentelemetry/api';
import type { StoredSpan } from './next-spans.ts';

/** What a provider is called by the conventions; a model behind an address of one's own is asked as OpenAI's are. */
const providers: Readonly<Record<string, string>> = { google: 'gcp.gemini', 'openai-compatible': 'openai' };

/** By the name OpenTelemetry has for a provider; without one, who is asked is unknown. */
export function providerName(provider: string | null): string {
  return provider === null ? 'unknown' : (providers[provider] ?? provider);
}

/** What a kind is called by the conventions; the others have no name there. */
export const operations: Readonly<Record<string, string>> = {
  turn: 'invoke_agent',
  'model-call': 'chat',
  'tool-call': 'execute_tool',
};

type Known = string | number | boolean;
/** What is absent, or an empty text, is not told. */
type Told = Record<string, Known | null | undefined>;

/** A span's attributes by the conventions for generative AI; what these have no name for begins with `clawster.`. */
export function attributesOf(span: StoredSpan): Attributes {
  const operation = operations[span.kind];
  return given({
    'gen_ai.operation.name': operation,
    'gen_ai.conversation.id': span.session,
    'error.type': span.outcome === 'ok' ? undefined : span.outcome,
    'clawster.kind': span.kind,
    'clawster.span.id': span.id,
    'clawster.trace.id': span.traceId,
    'clawster.channel': span.channel,
    'clawster.person': span.person,
    ...(span.kind === 'turn' ? turnOf(span) : {}),
    ...(span.kind === 'model-call' ? callOf(span) : {}),
    ...(span.kind === 'tool-call' ? toolOf(span) : {}),
    ...(span.kind.startsWith('message-') ? textsOf(span, 'clawster.message.in', 'clawster.message.out') : {}),
  });
}

function turnOf(span: StoredSpan): Told {
  return {
    'gen_ai.provider.name': 'openclaw',
    'gen_ai.agent.id': span.botId,
    'gen_ai.agent.name': span.botName,
    ...messagesOf(span),
  };
}

/** Tokens from the cache are among the input's by the conventions, and apart from them in Clawster. */
function callOf(span: StoredSpan): Told {
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = span;
  return {
    'gen_ai.provider.name': providerName(span.provider),
    'gen_ai.request.model': span.name,
    'gen_ai.response.id': span.responseId,
    'gen_ai.usage.input_tokens': inputTokens + cacheReadTokens + cacheWriteTokens,
    'gen_ai.usage.output_tokens': span.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': cacheReadTokens || undefined,
    'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens || undefined,
    'clawster.cost_usd': span.costUsd,
    'clawster.usage.estimated': span.estimated || undefined,
    ...messagesOf(span),
  };
}

function toolOf(span: StoredSpan): Told {
  return {
    'gen_ai.tool.name': span.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': span.id,
    ...textsOf(span, 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'),
  };
}

/** In the form of the conventions: a list of messages with parts, as JSON. */
function messagesOf({ text, outcome }: StoredSpan): Told {
  const part = (content: string) => [{ type: 'text', content }];
  const end = outcome === 'ok' ? 'stop' : 'error';
  return {
    'gen_ai.input.messages': text?.in && JSON.stringify([{ role: 'user', parts: part(text.in) }]),
    'gen_ai.output.messages':
      text?.out && JSON.stringify([{ role: 'assistant', parts: part(text.out), finish_reason: end }]),
  };
}

function textsOf({ text }: StoredSpan, input: string, output: string): Told {
  return { [input]: text?.in, [output]: text?.out };
}

function given(told: Told): Attributes {
  return Object.fromEntries(
    Object.entries(told).filter(
      (entry): entry is [string, Known] => entry[1] !== undefined && entry[1] !== null && entry[1] !== '',
    ),
  );
}
