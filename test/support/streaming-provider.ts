import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a bot's gateway asks, as far as a test looks at it. */
export type Asked = {
  model?: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  messages?: { role: string; content: unknown; tool_call_id?: string }[];
  tools?: { function: { name: string } }[];
};

/** One answer: words, or calls of tools, and what it took. */
export type Reply = {
  id: string;
  text?: string;
  calls?: { id: string; name: string; arguments: string }[];
  /** Cached tokens are among those of the prompt. */
  usage: { prompt: number; cached: number; completion: number };
};

/** An OpenAI-compatible provider on loopback, with a key and one model. */
export type Provider = {
  baseUrl: string;
  key: string;
  /** Why it refused requests, each in a sentence. */
  refused: string[];
  close(): Promise<void>;
};

/** Starts a provider that answers each stream as `reply` says, and refuses what the real ones refuse. */
export async function startStreamingProvider(
  model: string,
  reply: (asked: Asked) => Reply | Promise<Reply>,
): Promise<Provider> {
  const key = randomUUID();
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await text(request)) || '{}') as Asked;
    const asking = { url: request.url ?? '', authorization: request.headers.authorization, key, model, body };
    const why = whyNot(asking);
    if (why) {
      refused.push(why);
      return void response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: why } }));
    }
    if (request.url === '/v1/models')
      return void response.end(JSON.stringify({ object: 'list', data: [{ id: model, object: 'model' }] }));
    // A bot asks for streams; what is asked whole is whether the key and the model are good, and nobody's turn.
    if (body.stream === true) return send(response, model, await reply(body));
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }];
    response.end(JSON.stringify({ id: 'check', object: 'chat.completion', created: 0, model, choices }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key,
    refused,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

type Request = { url: string; authorization: string | undefined; key: string; model: string; body: Asked };

function whyNot({ url, authorization, key, model, body }: Request): string | undefined {
  if (authorization !== `Bearer ${key}`) return 'That is not the key';
  if (url === '/v1/models') return undefined;
  if (url !== '/v1/chat/completions') return `There is nothing at ${url}`;
  if (body.model !== model) return `There is no model ${String(body.model)}`;
  if (!body.messages?.length) return 'There are no messages';
  if (body.stream === true && body.stream_options?.include_usage !== true) return 'A stream without its usage';
  return undefined;
}

function send(response: ServerResponse, model: string, { id, text: said, calls, usage }: Reply): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const base = { id, created: Math.floor(Date.now() / 1000), model, object: 'chat.completion.chunk' };
  const chunk = (choices: unknown[], rest = {}) =>
    response.write(`data: ${JSON.stringify({ ...base, choices, ...rest })}\n\n`);
  const delta = calls
    ? {
        tool_calls: calls.map((call, index) => ({
          index,
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      }
    : { content: said ?? '' };
  chunk([{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null }]);
  chunk([{ index: 0, delta: {}, finish_reason: calls ? 'tool_calls' : 'stop' }]);
  const { prompt, cached, completion } = usage;
  const total = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
  chunk([], { usage: { ...total, prompt_tokens_details: { cached_tokens: cached } } });
  response.end('data: [DONE]\n\n');
}
