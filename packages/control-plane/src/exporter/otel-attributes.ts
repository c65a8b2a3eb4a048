import type { Attributes } from '@opentelemetry/api';
import type { StoredSpan } from './next-spans.ts';

/** What a provider is called by the conventions; a model behind an address of one's own is asked as OpenAI's are. */
const providers: Readonly<Record<string, string>> = { google: 'gcp.gemini', 'openai-compatible': 'openai' };

/** By the name OpenTelemetry has for a provider; without one, who is asked is unknown. */
export function providerName(provider: string | null): string {
  return provider === null ? 'unknown' : (providers[provider] ?? provider);
}

const operations: Readonly<Record<string, string>> = {
  turn: 'invoke_agent',
  'model-call': 'chat',
  'tool-call': 'execute_tool',
};

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
    'clawster.channel': span.channel || undefined,
    'clawster.person': span.person,
    ...(span.kind === 'turn' ? turnOf(span) : {}),
    ...(span.kind === 'model-call' ? callOf(span) : {}),
    ...(span.kind === 'tool-call' ? toolOf(span) : {}),
    ...(span.kind.startsWith('message-') ? textsOf(span, 'clawster.message.in', 'clawster.message.out') : {}),
  });
}

function turnOf(span: StoredSpan): Attributes {
  return {
    'gen_ai.provider.name': 'openclaw',
    'gen_ai.agent.id': span.botId,
    'gen_ai.agent.name': span.botName ?? undefined,
    ...messagesOf(span),
  };
}

/** Tokens from the cache are among the input's by the conventions, and apart from them in Clawster. */
function callOf(span: StoredSpan): Attributes {
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = span;
  return {
    'gen_ai.provider.name': providerName(span.provider),
    'gen_ai.request.model': span.name || undefined,
    'gen_ai.response.id': span.responseId ?? undefined,
    'gen_ai.usage.input_tokens': inputTokens + cacheReadTokens + cacheWriteTokens,
    'gen_ai.usage.output_tokens': span.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': cacheReadTokens || undefined,
    'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens || undefined,
    'clawster.cost_usd': span.costUsd ?? undefined,
    'clawster.usage.estimated': span.estimated || undefined,
    ...messagesOf(span),
  };
}

function toolOf(span: StoredSpan): Attributes {
  return {
    'gen_ai.tool.name': span.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': span.id,
    ...textsOf(span, 'gen_ai.tool.call.arguments', 'gen_ai.tool.call.result'),
  };
}

/** In the form of the conventions: a list of messages with parts, as JSON. */
function messagesOf({ text, outcome }: StoredSpan): Attributes {
  const part = (content: string) => [{ type: 'text', content }];
  const end = outcome === 'ok' ? 'stop' : 'error';
  return {
    'gen_ai.input.messages': text?.in && JSON.stringify([{ role: 'user', parts: part(text.in) }]),
    'gen_ai.output.messages':
      text?.out && JSON.stringify([{ role: 'assistant', parts: part(text.out), finish_reason: end }]),
  };
}

function textsOf({ text }: StoredSpan, input: string, output: string): Attributes {
  return { [input]: text?.in, [output]: text?.out };
}

function given(attributes: Record<string, Attributes[string] | null>): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, NonNullable<Attributes[string]>] => entry[1] != null),
  );
}
