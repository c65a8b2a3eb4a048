import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What one answer took, as who is paid for it counts. */
export type Served = {
  id: string;
  input: number;
  cached: number;
  output: number;
  /** The tool it called, by the id it gave the call. */
  tool?: { id: string; name: string };
};

/** An OpenAI-compatible provider that counts every answer, each with other numbers, and calls tools when it is told to. */
export type CountingModel = {
  baseUrl: string;
  key: string;
  served: Served[];
  refused: string[];
  close(): Promise<void>;
};

type Asked = {
  model?: string;
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
  messages?: { role: string; content: unknown }[];
  tools?: { function: { name: string } }[];
};

const model = 'counter-1';
/** By what a person says: a tool that works, and one that does not. */
const calls: [RegExp, { name: string; arguments: string }][] = [
  [/how are you doing/, { name: 'session_status', arguments: '{}' }],
  [/read the missing page/, { name: 'read', arguments: '{"path":"no-such-page.md"}' }],
];

export async function startCountingModel(): Promise<CountingModel> {
  const key = randomUUID();
  const served: Served[] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await text(request)) || '{}') as Asked;
    const why = whyNot({ url: request.url ?? '', authorization: request.headers.authorization, key, body });
    if (why) {
      refused.push(why);
      return void response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: why } }));
    }
    if (request.url === '/v1/models')
      return void response.end(JSON.stringify({ object: 'list', data: [{ id: model, object: 'model' }] }));
    // A bot asks for streams; what is asked whole is whether the key and the model are good, and nobody's turn.
    if (body.stream === true) return answer(response, served, body);
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Yes' }, finish_reason: 'stop' }];
    response.end(JSON.stringify({ id: 'check', object: 'chat.completion', created: 0, model, choices }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    key,
    served,
    refused,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

type Request = { url: string; authorization: string | undefined; key: string; body: Asked };

function whyNot({ url, authorization, key, body }: Request): string | undefined {
  if (authorization !== `Bearer ${key}`) return 'That is not the key';
  if (url === '/v1/models') return undefined;
  if (url !== '/v1/chat/completions') return `There is nothing at ${url}`;
  if (body.model !== model) return `There is no model ${String(body.model)}`;
  if (!body.messages?.length) return 'There are no messages';
  if (body.stream === true && body.stream_options?.include_usage !== true) return 'A stream without its usage';
  return undefined;
}

function answer(response: ServerResponse, served: Served[], { messages = [], tools = [] }: Asked): void {
  const number = served.length + 1;
  const last = messages.at(-1);
  const said = last?.role === 'user' ? JSON.stringify(last.content) : '';
  const call = calls.find(
    ([pattern, { name }]) => pattern.test(said) && tools.some((tool) => tool.function.name === name),
  )?.[1];
  const one: Served = {
    id: `counted-${randomUUID()}`,
    input: 1_000 + number,
    cached: 100 + number,
    output: 10 + (number % 7),
    ...(call ? { tool: { id: `call_${number}`, name: call.name } } : {}),
  };
  served.push(one);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const base = { id: one.id, created: Math.floor(Date.now() / 1000), model, object: 'chat.completion.chunk' };
  const chunk = (choices: unknown[], rest = {}) =>
    response.write(`data: ${JSON.stringify({ ...base, choices, ...rest })}\n\n`);
  const delta = call
    ? { tool_calls: [{ index: 0, id: one.tool?.id, type: 'function', function: call }] }
    : { content: `Counted as number ${number}.` };
  chunk([{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null }]);
  chunk([{ index: 0, delta: {}, finish_reason: call ? 'tool_calls' : 'stop' }]);
  const prompt = one.input + one.cached;
  const usage = { prompt_tokens: prompt, completion_tokens: one.output, total_tokens: prompt + one.output };
  chunk([], { usage: { ...usage, prompt_tokens_details: { cached_tokens: one.cached } } });
  response.end('data: [DONE]\n\n');
}
