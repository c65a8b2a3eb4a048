import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A model provider that lets in whoever has one of its keys, as strictly as the real ones. */
export type TestProvider = {
  baseUrl: string;
  /** Those that are let in; may be changed at any time. */
  keys: Set<string>;
  /** The keys of the calls so far, in their order. */
  seen: string[];
  close(): Promise<void>;
};

export async function startModelProvider(...keys: string[]): Promise<TestProvider> {
  const allowed = new Set(keys);
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { headers } = request;
    const key = String(headers['x-api-key'] ?? headers.authorization?.replace(/^Bearer /, '') ?? '');
    seen.push(key);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    request.resume();
    if (!allowed.has(key)) return answer(401, { error: { message: 'Incorrect API key provided' } });
    if (request.url === '/v1/models') return answer(200, { data: [{ id: 'small' }, { id: 'large' }] });
    if (request.url === '/v1/chat/completions') return answer(200, { choices: [{ message: { content: 'Hi' } }] });
    if (request.url === '/v1/messages') return answer(200, { content: [{ type: 'text', text: 'Hi' }] });
    return answer(404, {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    keys: allowed,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
