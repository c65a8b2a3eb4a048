import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PlannedUpstream } from '@clawster/link/model-plan';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askModels } from './ask-models.ts';

let server: Server;
let origin: string;
const asked: unknown[] = [];
beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    asked.push({ url, key: headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers.authorization });
    const keys = [headers['x-api-key'], headers['x-goog-api-key'], headers.authorization];
    const isGood = keys.some((one) => String(one).endsWith('good'));
    const isList = url?.endsWith('/models') ?? false;
    // A bare provider has no list; OpenRouter shows its own to everybody.
    const status =
      url?.startsWith('/bare') && isList ? 404 : url?.startsWith('/open') && isList ? 200 : isGood ? 200 : 401;
    response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (provider: PlannedUpstream['provider'], baseUrl: string, apiKey: string) =>
  askModels({ provider, model: 'one', baseUrl, apiKey }, new AbortController().signal);

test('a key is proven by the list of models, asked as each provider wants it', async () => {
  expect(await ask('openai-compatible', `${origin}/v1/`, 'good')).toMatchObject({ outcome: 'proven' });
  expect(await ask('anthropic', origin, 'good')).toMatchObject({ outcome: 'proven' });
  expect(await ask('google', `${origin}/v1beta`, 'good')).toMatchObject({ outcome: 'proven' });
  expect(asked).toEqual([
    { url: '/v1/models', key: 'Bearer good' },
    { url: '/v1/models', key: 'good' },
    { url: '/v1beta/models', key: 'good' },
  ]);
});

test('a key that is refused is told so, and one that nobody judged is not proven', async () => {
  expect(await ask('openai-compatible', `${origin}/v1`, 'old')).toEqual({
    outcome: 'refused',
    text: `The model provider at ${origin} refused the key (HTTP 401). Replace it`,
  });
  expect(await ask('openai-compatible', 'http://127.0.0.1:9/v1', 'good')).toMatchObject({
    outcome: 'open',
    text: expect.stringContaining('cannot be reached'),
  });
});

test.each([
  ['a provider without a list', 'openai-compatible', '/bare/v1'],
  ['a provider whose list is public', 'openrouter', '/open/v1'],
] as const)('%s proves a key all the same', async (_, provider, path) => {
  expect(await ask(provider, `${origin}${path}`, 'good')).toMatchObject({ outcome: 'proven' });
  expect(await ask(provider, `${origin}${path}`, 'old')).toMatchObject({ outcome: 'refused' });
});
