import type { Dialect } from '../model-gateway/dialect.ts';

/** What a provider's meter says of one call. */
export type Metered = { input: number; cacheRead: number; cacheWrite: number; output: number; reasoning: number };

/** One answer as its provider writes it: events in order, or one body. `usage: undefined` is a provider that does not say. */
export type Spoken = { id: string; model: string; words: string[]; usage: Metered | undefined };

type Writer = { stream: (spoken: Spoken) => string[]; whole: (spoken: Spoken) => object };

const data = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
const named = (body: { type: string }) => `event: ${body.type}\n${data(body)}`;

const completions: Writer = {
  stream({ id, model, words, usage }) {
    const chunk = (choices: object[], rest: object = { usage: null }) =>
      data({ id, object: 'chat.completion.chunk', created: 1, model, choices, ...rest });
    const piece = (delta: object, finish_reason: string | null = null) => chunk([{ index: 0, delta, finish_reason }]);
    return [
      piece({ role: 'assistant', content: '' }),
      ...words.map((content) => piece({ content })),
      piece({}, 'stop'),
      ...(usage ? [chunk([], { usage: completionUsage(usage) })] : []),
      'data: [DONE]\n\n',
    ];
  },
  whole: ({ id, model, words, usage }) => ({
    id,
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: words.join('') }, finish_reason: 'stop' }],
    ...(usage ? { usage: completionUsage(usage) } : {}),
  }),
};

function completionUsage({ input, cacheRead, cacheWrite, output, reasoning }: Metered) {
  return {
    prompt_tokens: input + cacheRead + cacheWrite,
    completion_tokens: output,
    total_tokens: input + cacheRead + cacheWrite + output,
    prompt_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

const responses: Writer = {
  stream(spoken) {
    const text = spoken.words.join('');
    const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const begun = { id: spoken.id, object: 'response', status: 'in_progress', model: spoken.model, output: [] };
    const item = { id: 'msg_1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const part = { type: 'output_text', text: '', annotations: [] };
    const events = [
      { type: 'response.created', response: begun },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.content_part.added', ...at, part },
      ...spoken.words.map((delta) => ({ type: 'response.output_text.delta', ...at, delta })),
      { type: 'response.output_text.done', ...at, text },
      { type: 'response.content_part.done', ...at, part: { ...part, text } },
      { type: 'response.output_item.done', output_index: 0, item: messageItem(text) },
      { type: 'response.completed', response: responses.whole(spoken) },
    ];
    return events.map((event, index) => named(Object.assign(event, { sequence_number: index })));
  },
  whole: ({ id, model, words, usage }) => ({
    id,
    object: 'response',
    status: 'completed',
    model,
    output: [messageItem(words.join(''))],
    ...(usage ? { usage: responseUsage(usage) } : {}),
  }),
};

function messageItem(text: string) {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content };
}

function responseUsage({ input, cacheRead, cacheWrite, output, reasoning }: Metered) {
  return {
    input_tokens: input + cacheRead + cacheWrite,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + cacheRead + cacheWrite + output,
  };
}

const messages: Writer = {
  stream({ id, model, words, usage }) {
    const empty = {
      id,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
    };
    const first = usage ? { usage: { ...messageUsage(usage), output_tokens: 1 } } : {};
    return [
      { type: 'message_start', message: { ...empty, ...first } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      ...words.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        ...(usage ? { usage: { output_tokens: usage.output } } : {}),
      },
      { type: 'message_stop' },
    ].map(named);
  },
  whole: ({ id, model, words, usage }) => ({
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [{ type: 'text', text: words.join('') }],
    stop_reason: 'end_turn',
    ...(usage ? { usage: messageUsage(usage) } : {}),
  }),
};

function messageUsage({ input, cacheRead, cacheWrite, output }: Metered) {
  return {
    input_tokens: input,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
  };
}

const gemini: Writer = {
  stream(spoken) {
    const { words } = spoken;
    return words.map((text, index) => {
      const isLast = index === words.length - 1;
      // Google ends lines as HTTP does.
      return `data: ${JSON.stringify(geminiBody(spoken, text, isLast))}\r\n\r\n`;
    });
  },
  whole: (spoken) => geminiBody(spoken, spoken.words.join(''), true),
};

function geminiBody({ id, model, usage }: Spoken, text: string, isLast: boolean) {
  const candidate = { content: { role: 'model', parts: [{ text }] }, index: 0 };
  return {
    candidates: [isLast ? { ...candidate, finishReason: 'STOP' } : candidate],
    ...(usage ? { usageMetadata: geminiUsage(usage, isLast) } : {}),
    modelVersion: model,
    responseId: id,
  };
}

/** Each chunk says how far it has come; the last one is the bill. */
function geminiUsage({ input, cacheRead, cacheWrite, output, reasoning }: Metered, isLast: boolean) {
  const prompt = input + cacheRead + cacheWrite;
  return {
    promptTokenCount: prompt,
    cachedContentTokenCount: cacheRead,
    candidatesTokenCount: isLast ? output - reasoning : 1,
    thoughtsTokenCount: reasoning,
    totalTokenCount: prompt + output,
  };
}

/** How each provider writes its answers. */
export const writers: Record<Dialect, Writer> = {
  'openai-completions': completions,
  'openai-responses': responses,
  'anthropic-messages': messages,
  'google-generative-ai': gemini,
};
