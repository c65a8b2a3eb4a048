import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askProvider } from './ask-provider.ts';

describe('a provider', () => {
  let server: Server;
  let answer: { status: number; body: string; headers?: Record<string, string> };
  const asked: { url: string; headers: Record<string, unknown>; body: string }[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        asked.push({ url: request.url ?? '', headers: request.headers, body });
        const models = request.url?.endsWith('/models') && answer.status === 200;
        response
          .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
          .end(models ? '{"data":[{"id":"one"},{"id":"two"}]}' : answer.body);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(() => {
    server.close();
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const ask = (some: Partial<Parameters<typeof askProvider>[0]> = {}, allowPrivate = true) =>
    askProvider(
      { provider: 'openai-compatible', baseUrl: url(), apiKey: 'sk-canary', model: 'one', ...some },
      { allowPrivate, now: new Date() },
    );

  test('that answers is told so, with the models it offers and one token asked for', async () => {
    answer = { status: 200, body: '{"choices":[{"message":{"content":"Hi"}}]}' };
    expect(await ask()).toMatchObject({ ok: true, models: ['one', 'two'] });
    expect(asked.at(-1)).toMatchObject({ url: '/v1/chat/completions', headers: { authorization: 'Bearer sk-canary' } });
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toMatchObject({ model: 'one', max_tokens: 1 });
  });

  test.each<[string, number, string, RegExp]>([
    ['a wrong key', 401, '{"error":{"message":"Incorrect API key provided: sk-canary"}}', /refused the API key/],
    ['an unknown model', 404, '{"error":{"message":"The model `one` does not exist"}}', /does not know the model one/],
    ['an empty account', 429, '{"error":{"message":"You exceeded your current quota"}}', /cannot pay/],
    ['a limit', 429, '{"error":{"message":"Slow down"}}', /try again in a minute/],
    ['trouble of its own', 503, '', /trouble of its own/],
    ['a page that is no API', 200, '<html>', /sent a web page/],
    ['nothing there', 404, 'not found', /check the base URL/],
    ['a redirect', 302, '', /redirects/],
  ])('with %s (%i) is explained, and the key is never repeated', async (_, status, body, sentence) => {
    answer = { status, body, headers: { location: 'http://169.254.169.254/' } };
    const check = await ask();
    expect(check.ok).toBe(false);
    expect(check.message).toMatch(sentence);
    expect(check.message).not.toContain('sk-canary');
  });

  test('that is not there, or may not be reached, is explained', async () => {
    expect((await ask({ baseUrl: 'http://127.0.0.1:1/v1' })).message).toMatch(/refuses connections/);
    expect((await ask({}, false)).message).toMatch(/does not connect there.*private network/);
    expect((await ask({ baseUrl: 'http://169.254.169.254/v1' })).message).toMatch(/does not connect there/);
    expect((await ask({ baseUrl: 'http://localhost:1/v1' }, false)).message).toMatch(/does not connect there/);
    expect((await ask({ baseUrl: `https://127.0.0.1:${(server.address() as AddressInfo).port}` })).message).toMatch(
      /certificate|broke the connection|could not/,
    );
  });
});
