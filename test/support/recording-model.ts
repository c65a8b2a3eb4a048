import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenAI-compatible provider that remembers what it was asked: shows what really reaches a model. */
export type RecordingModel = {
  baseUrl: string;
  key: string;
  /** Those it lets in; may be changed at any time. */
  keys: Set<string>;
  requests: {
    authorization: string | undefined;
    body: {
      model: string;
      messages: { role: string; content: unknown }[];
      tools?: { function: { name: string } }[];
    };
  }[];
  close: () => Promise<void>;
};

/** Listens on this machine alone, or at another of its addresses. */
export async function startRecordingModel(key: string, host = '127.0.0.1'): Promise<RecordingModel> {
  const requests: RecordingModel['requests'] = [];
  const keys = new Set([key]);
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const authorization = request.headers.authorization;
      if (!keys.has(authorization?.replace(/^Bearer /, '') ?? ''))
        return send(response, 401, { error: { message: 'Incorrect API key provided' } });
      if (request.url === '/v1/models')
        return send(response, 200, { object: 'list', data: [{ id: 'recorder-1', object: 'model' }] });
      if (request.url !== '/v1/chat/completions') return send(response, 404, { error: { message: 'not found' } });
      const body = JSON.parse(text);
      requests.push({ authorization, body });
      if (body.model !== 'recorder-1')
        return send(response, 404, { error: { message: `The model ${body.model} does not exist` } });
      answer(response, body.stream === true);
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://${host}:${port}/v1`,
    key,
    keys,
    requests,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answer(response: ServerResponse, stream: boolean): void {
  const base = { id: `recorded-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: 'recorder-1' };
  const usage = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 };
  const content = 'Heard and recorded.';
  if (!stream) {
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    return send(response, 200, { ...base, object: 'chat.completion', choices, usage });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = (choices: unknown[], rest = {}) =>
    response.write(`data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices, ...rest })}\n\n`);
  chunk([{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }]);
  chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]);
  chunk([], { usage });
  response.end('data: [DONE]\n\n');
}
