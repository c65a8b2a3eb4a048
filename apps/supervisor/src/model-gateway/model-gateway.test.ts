import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openModelGateway } from './model-gateway.ts';
import type { ModelCall, ModelGateway } from './model-gateway.ts';

let gateway: ModelGateway;
let calls: ModelCall[];
const closers: (() => void)[] = [];
beforeEach(async () => {
  calls = [];
  gateway = await openModelGateway({ onCall: (call) => calls.push(call) });
});
afterEach(async () => {
  await gateway.close();
  for (const close of closers.splice(0)) close();
});

const system =
  '# Project Context\n## /bots/a/SOUL.md\n# Soul\n\nYou are a lighthouse keeper.\n\n## /bots/a/IDENTITY.md\n# Identity\n\n- Name: Ada\n<!-- end -->';
function ask(message: string, change: { key?: string; path?: string; body?: Record<string, unknown> } = {}) {
  return fetch(`http://127.0.0.1:${gateway.port}${change.path ?? '/v1/chat/completions'}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${change.key ?? gateway.key}` },
    body: JSON.stringify({
      model: 'demo',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: message },
      ],
      ...change.body,
    }),
  });
}
const textOf = async (response: Response) =>
  ((await response.json()) as { choices: { message: { content: string } }[] }).choices[0]?.message.content;

async function provider(status: number, body: string) {
  const seen: { authorization: string | undefined; apiKey: unknown; path: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({
      authorization: request.headers.authorization,
      apiKey: request.headers['x-api-key'],
      path: request.url,
    });
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

test('the demo model says who it was told to be, and that it is a demo', async () => {
  gateway.setUpstream({ provider: 'demo', model: 'demo' });
  const text = await textOf(await ask('[Mon 2026-11-23 08:00 UTC] Who are you?'));
  expect(text).toContain('I am Ada');
  expect(text).toContain('lighthouse keeper');
  expect(text).toContain('demo model');
  expect(text).not.toContain('Name: Ada');
});

test.each([
  ['hello there', 'Hello! I am Ada'],
  ['what can you do?', 'Try:'],
  ['How do I add a real model?', 'Connectors'],
  ['the sky is blue', 'You said: "the sky is blue"'],
  ['#demo text one\n#demo text two', 'one\ntwo'],
])('the demo model answers "%s"', async (message, words) => {
  gateway.setUpstream({ provider: 'demo', model: 'demo' });
  expect(await textOf(await ask(message))).toContain(words);
});

test('the demo model streams, calls tools and fails when told to', async () => {
  gateway.setUpstream({ provider: 'demo', model: 'demo' });
  expect(await (await ask('#demo slow 2', { body: { stream: true } })).text()).toMatch(
    /"usage":\{"prompt_tokens".*\n\ndata: \[DONE\]/,
  );
  expect(await (await ask('#demo tool read {"path":"a"}')).text()).toContain(
    '"name":"read","arguments":"{\\"path\\":\\"a\\"}"',
  );
  expect((await ask('#demo fail 503')).status).toBe(503);
});

test("refuses a key that is not the bot's, a model it may not use, and paths it does not know", async () => {
  gateway.setUpstream({ provider: 'demo', model: 'demo' });
  expect((await ask('hi', { key: 'x' })).status).toBe(401);
  expect((await ask('hi', { path: '/v1/files' })).status).toBe(404);
  const other = await ask('hi', { body: { model: 'gpt-6' } });
  expect([other.status, await other.text()]).toEqual([400, expect.stringContaining('may use \\"demo\\" alone')]);
});

test('a bot that changed its model is served with the one before for a while, and no longer', async () => {
  const [before, after] = [
    { provider: 'demo', model: 'demo' },
    { provider: 'demo', model: 'other' },
  ] as const;
  await gateway.close();
  gateway = await openModelGateway({ onCall: () => {}, graceMs: 1_000 });
  const statuses = async () => [(await ask('hi')).status, (await ask('hi', { body: { model: 'other' } })).status];
  gateway.setUpstream(before);
  expect(await statuses()).toEqual([200, 400]);
  gateway.setUpstream(after);
  expect(await statuses()).toEqual([200, 200]);
  await expect.poll(statuses).toEqual([400, 200]);
});

test("the provider gets the real key, the bot's tokens are counted", async () => {
  const { seen, baseUrl } = await provider(
    200,
    JSON.stringify({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } }),
  );
  gateway.setUpstream({ provider: 'openai-compatible', model: 'demo', baseUrl, apiKey: 'real-key-1' });
  await (await ask('hi')).text();
  expect(seen[0]).toMatchObject({ authorization: 'Bearer real-key-1', path: '/v1/chat/completions' });
  expect(calls[0]).toMatchObject({ ok: true, usage: { inputTokens: 7, outputTokens: 3 } });
});

test('Anthropic is spoken to in its own dialect', async () => {
  const { seen, baseUrl } = await provider(200, JSON.stringify({ usage: { input_tokens: 5, output_tokens: 2 } }));
  gateway.setUpstream({ provider: 'anthropic', model: 'demo', baseUrl, apiKey: 'real-key-2' });
  await (await ask('hi', { path: '/v1/v1/messages' })).text();
  expect(seen[0]).toMatchObject({ apiKey: 'real-key-2', path: '/v1/messages', authorization: undefined });
});

test('a refused key and an unreachable provider are told in a sentence, without a 401 that would blind OpenClaw', async () => {
  const { baseUrl } = await provider(401, '{}');
  gateway.setUpstream({ provider: 'openai-compatible', model: 'demo', baseUrl, apiKey: 'wrong-key' });
  const refused = await ask('hi');
  expect([refused.status, await refused.text()]).toEqual([
    400,
    expect.stringContaining('refused the API key (HTTP 401). Replace the key'),
  ]);
  gateway.setUpstream({ provider: 'openai-compatible', model: 'demo', baseUrl: 'http://127.0.0.1:9/v1' });
  expect(await (await ask('hi')).text()).toContain('cannot be reached');
  expect(gateway.lastFailure()).toContain('Check the address');
});
