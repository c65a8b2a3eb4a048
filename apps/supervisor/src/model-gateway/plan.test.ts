import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelPlan, type ModelProvider, type PlannedUpstream } from '@clawster/link/model-plan';
import { afterEach, describe, expect, test } from 'vitest';
import { type MeteredProvider, startMeteredProvider } from '../testing/metered-provider.ts';
import type { Dialect } from './dialect.ts';
import { type ModelCall, type ModelGateway, openModelGateway } from './model-gateway.ts';

const over: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of over.splice(0).toReversed()) await end();
});

const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, version: '2026-11-01' };

const asks: Record<Dialect, { provider: ModelProvider; path: string; body: object }> = {
  'openai-completions': {
    provider: 'openai',
    path: '/v1/chat/completions',
    body: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] },
  },
  'openai-responses': {
    provider: 'openai',
    path: '/v1/responses',
    body: { model: 'm', input: [{ role: 'user', content: 'Hi' }] },
  },
  'anthropic-messages': {
    provider: 'anthropic',
    path: '/v1/messages',
    body: { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] },
  },
  'google-generative-ai': {
    provider: 'google',
    path: '/v1/models/m:',
    body: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
  },
};
const dialects = Object.keys(asks) as Dialect[];

async function provider(dialect: Dialect = 'openai-completions', model = 'm') {
  const started = await startMeteredProvider({ dialect, apiKey: 'real-key', model });
  over.push(() => started.close());
  return started;
}

function upstreamOf(to: MeteredProvider, change: Partial<PlannedUpstream> = {}): PlannedUpstream {
  return { provider: 'openai', baseUrl: to.baseUrl, apiKey: 'real-key', model: 'm', price, ...change };
}

async function gatewayFor(upstreams: PlannedUpstream[], rules: Partial<ModelPlan> = {}, spentFile?: string) {
  const calls: ModelCall[] = [];
  const gateway = await openModelGateway({ onCall: (call) => calls.push(call), ...(spentFile ? { spentFile } : {}) });
  over.push(() => gateway.close());
  const plan = ModelPlan.parse({
    at: new Date().toISOString(),
    models: [{ name: 'm', upstreams }],
    retries: 0,
    budgets: [],
    ...rules,
  });
  gateway.setUpstream(plan);
  return { gateway, calls, plan };
}

type Asking = { dialect?: Dialect; streams?: boolean; body?: object; signal?: AbortSignal };
function ask(gateway: ModelGateway, { dialect = 'openai-completions', streams = false, body, signal }: Asking = {}) {
  const { path, body: usual } = asks[dialect];
  const isGoogle = dialect === 'google-generative-ai';
  const end = isGoogle ? (streams ? 'streamGenerateContent?alt=sse&key=virtual' : 'generateContent') : '';
  return fetch(`http://127.0.0.1:${gateway.port}${path}${end}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': gateway.key, 'content-type': 'application/json' },
    body: JSON.stringify({ ...usual, ...(isGoogle || !streams ? {} : { stream: true }), ...body }),
    ...(signal ? { signal } : {}),
  });
}
const sentence = async (response: Response) =>
  ((await response.json()) as { error: { message: string } }).error.message;

describe.each(dialects)('%s', (dialect) => {
  test.each([true, false])('is passed on as it came, and counted to the token (streamed: %s)', async (streams) => {
    const upstream = await provider(dialect);
    const { gateway, calls } = await gatewayFor([upstreamOf(upstream, { provider: asks[dialect].provider })]);
    const response = await ask(gateway, { dialect, streams });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('It ')]);
    await expect.poll(() => calls.length).toBe(1);
    const [{ id, usage }] = upstream.served as [(typeof upstream.served)[0]];
    expect(calls[0]).toMatchObject({
      responseId: id,
      outcome: 'answered',
      dialect,
      usage: { inputTokens: usage.input, outputTokens: usage.output, cacheReadTokens: usage.cacheRead },
      priceVersion: '2026-11-01',
    });
    expect(calls[0]?.costUsd).toBeCloseTo((usage.input * 3 + usage.output * 15 + usage.cacheRead * 0.3) / 1e6, 12);
  });
});

test('a streamed chat completion is always counted, and says so only to a bot that asked', async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream)]);
  const silent = await (await ask(gateway, { streams: true })).text();
  const told = await (await ask(gateway, { streams: true, body: { stream_options: { include_usage: true } } })).text();
  expect([silent.includes('prompt_tokens'), told.includes('prompt_tokens')]).toEqual([false, true]);
  expect(silent).toMatch(/It .*is .*so\..*\[DONE\]/s);
  await expect.poll(() => calls.map(({ usage }) => usage?.outputTokens)).toEqual([21, 22]);
});

test('a bot may ask for the models of its plan, and is told which those are', async () => {
  const upstream = await provider();
  const { gateway, plan } = await gatewayFor([upstreamOf(upstream)]);
  gateway.setUpstream({ ...plan, models: [...plan.models, { name: 'other', upstreams: [upstreamOf(upstream)] }] });
  expect((await ask(gateway, { body: { model: 'other' } })).status).toBe(200);
  expect(await sentence(await ask(gateway, { body: { model: 'third' } }))).toBe(
    'This bot may use "m", "other", not "third"',
  );
});

test('a provider that is busy, in trouble or cuts the line before its first word is asked again, as often as it is allowed', async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream)], { retries: 3 });
  upstream.mishaps = [429, 503, 'cut'];
  expect((await ask(gateway)).status).toBe(200);
  upstream.mishaps = [503, 503, 503, 503];
  expect((await ask(gateway)).status).toBe(503);
  await expect
    .poll(() => calls.map(({ tries, ok }) => [tries, ok]))
    .toEqual([
      [4, true],
      [4, false],
    ]);
});

test('what is wrong with the request is told at once: another try or provider would say the same', async () => {
  const [first, second] = [await provider(), await provider()];
  const { gateway } = await gatewayFor([upstreamOf(first), upstreamOf(second)], { retries: 3 });
  first.mishaps = [400];
  expect([(await ask(gateway)).status, first.mishaps, second.served]).toEqual([400, [], []]);
});

test.each<[string, (first: MeteredProvider) => Promise<void>]>([
  ['is in trouble', async (first) => void (first.mishaps = [503, 503])],
  ['refuses its key', async (first) => void (first.apiKey = 'another')],
  ['cannot be reached', (first) => first.close()],
])('where a provider %s the next stands in, asked for the model by its own name', async (_, harm) => {
  const [first, second] = [await provider(), await provider('openai-completions', 'n')];
  const cheap = { ...price, input: 1, version: 'cheap' };
  const stand = upstreamOf(second, { model: 'n', price: cheap, connectorId: 'b' });
  const { gateway, calls } = await gatewayFor([upstreamOf(first), stand], { retries: 1 });
  await harm(first);
  expect((await ask(gateway)).status).toBe(200);
  await expect
    .poll(() => calls[0])
    .toMatchObject({ model: 'm', upstreamModel: 'n', upstream: 1, connectorId: 'b', priceVersion: 'cheap' });
});

test('a redirect is not followed, and told', async () => {
  const upstream = await provider();
  const { gateway } = await gatewayFor([upstreamOf(upstream)]);
  upstream.mishaps = [307];
  expect(await sentence(await ask(gateway))).toContain('sends elsewhere (HTTP 307)');
});

test('a bot that leaves ends the call at its provider, and what was said until then is estimated and counted', async () => {
  const upstream = await provider();
  Object.assign(upstream, { paceMs: 50, words: Array.from({ length: 200 }, () => 'word ') });
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream)]);
  const leaving = new AbortController();
  const response = await ask(gateway, { streams: true, signal: leaving.signal });
  await response.body?.getReader().read();
  leaving.abort();
  await expect.poll(() => upstream.closedEarly).toBe(1);
  await expect
    .poll(() => calls[0])
    .toMatchObject({ outcome: 'aborted', estimated: { outputTokens: expect.any(Number) } });
  expect(calls[0]?.usage).toBeUndefined();
  expect(calls[0]?.costUsd).toBeGreaterThan(0);
});

test('a provider that does not say what it took is recorded so, and estimated apart', async () => {
  const upstream = await provider();
  upstream.saysUsage = false;
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream)]);
  await (await ask(gateway)).text();
  await expect.poll(() => calls.length).toBe(1);
  expect(calls[0]).toMatchObject({ estimated: { inputTokens: expect.any(Number) } });
  expect(calls[0]?.usage).toBeUndefined();
});

test('a model without a price is counted without a cost: unknown is not free', async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream, { price: undefined })]);
  await (await ask(gateway)).text();
  await expect.poll(() => calls.length).toBe(1);
  expect(calls[0]).not.toHaveProperty('costUsd');
});

test('a bot that does not read holds its provider back, and nothing piles up in between', async () => {
  const upstream = await provider();
  upstream.words = Array.from({ length: 400 }, () => 'x'.repeat(100_000));
  const { gateway } = await gatewayFor([upstreamOf(upstream)]);
  const reader = (await ask(gateway, { streams: true })).body?.getReader();
  await reader?.read();
  await sleep(700);
  expect(upstream.written).toBeLessThan(15_000_000);
  for (let read = await reader?.read(); !read?.done; read = await reader?.read());
  expect(upstream.written).toBeGreaterThan(40_000_000);
});

const day = { id: 'c:day', connectorName: 'OpenAI', period: 'day', limitUsd: 1, spentUsd: 0 } as const;
/** Each answer of about this size costs some 0.0034 USD. */
const dear = { ...price, output: 5_000 };

test('what is spent stops the next call, with a sentence that says until when and what to do', async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream, { price: dear, budgetId: 'c:day' })], {
    at: '2026-11-27T12:00:00Z',
    budgets: [{ ...day, limitUsd: 0.2 }],
  });
  for (let call = 0; call < 3; call += 1) await (await ask(gateway)).text();
  const refused = await ask(gateway);
  expect([refused.status, await sentence(refused)]).toEqual([
    400,
    'This bot has spent its 0.2 USD of today; it goes on at 00:00 UTC, or raise the budget of the connector OpenAI',
  ]);
  await expect.poll(() => calls.at(-1)).toMatchObject({ outcome: 'refused', ok: false });
  expect(upstream.served.length).toBe(2);
});

test('a burst of 1,400 calls in a minute goes beyond its budget by the calls in flight at most', async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream, { price: dear, budgetId: 'c:day' })], {
    budgets: [day],
  });
  const inFlight = 8;
  let left = 1_400;
  const worker = async () => {
    while (left-- > 0) await (await ask(gateway)).arrayBuffer();
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  await expect.poll(() => calls.length).toBe(1_400);
  const spent = calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  const dearest = Math.max(...calls.map(({ costUsd }) => costUsd ?? 0));
  expect(spent).toBeGreaterThanOrEqual(1);
  expect(spent).toBeLessThanOrEqual(1 + inFlight * dearest);
  expect(upstream.served.length).toBe(calls.filter(({ outcome }) => outcome === 'answered').length);
});

test('a restart forgets nothing of what was spent, and what another host spent is learned of the control plane', async () => {
  const upstream = await provider();
  const file = join(await mkdtemp(join(tmpdir(), 'spent-')), 'spent.json');
  const upstreams = [upstreamOf(upstream, { price: dear, budgetId: 'c:day' })];
  const first = await gatewayFor(upstreams, { budgets: [{ ...day, limitUsd: 0.1 }] }, file);
  await (await ask(first.gateway)).text();
  await expect.poll(() => first.calls.length).toBe(1);
  const second = await gatewayFor(upstreams, { budgets: [{ ...day, limitUsd: 0.1 }] }, file);
  expect((await ask(second.gateway)).status).toBe(400);
  const moved = await gatewayFor(upstreams, { budgets: [{ ...day, spentUsd: 1.5 }] });
  expect((await ask(moved.gateway)).status).toBe(400);
});

test('a model without a price is no way round a budget', async () => {
  const upstream = await provider();
  const { gateway } = await gatewayFor([upstreamOf(upstream, { price: undefined, budgetId: 'c:day' })], {
    budgets: [day],
  });
  expect(await sentence(await ask(gateway))).toContain('the model "m" has none. Enter its price');
  expect(upstream.served).toEqual([]);
});

test('a provider that does not say what it took is no way round a budget', async () => {
  const upstream = await provider();
  upstream.saysUsage = false;
  const { gateway } = await gatewayFor([upstreamOf(upstream, { price: { ...dear, input: 1e5 }, budgetId: 'c:day' })], {
    budgets: [day],
  });
  await (await ask(gateway)).text();
  expect((await ask(gateway)).status).toBe(400);
});

test.each([
  ['2026-11-28T00:00:01Z', 200],
  ['2026-11-27T00:00:01Z', 400],
])("days are the control plane's, whatever the host's clock says: at %s the call ends with %i", async (at, status) => {
  const upstream = await provider();
  const { gateway, plan } = await gatewayFor([upstreamOf(upstream, { budgetId: 'c:day' })], {
    at: '2026-11-27T12:00:00Z',
    budgets: [{ ...day, spentUsd: 2 }],
  });
  gateway.setUpstream({ ...plan, at, budgets: [day] });
  expect((await ask(gateway)).status).toBe(status);
});

test("how long the first word took is measured, whatever the control plane's clock says", async () => {
  const upstream = await provider();
  const { gateway, calls } = await gatewayFor([upstreamOf(upstream)], { at: '2020-01-01T00:00:00Z' });
  await (await ask(gateway, { streams: true })).text();
  await expect.poll(() => calls.length).toBe(1);
  const { ttfbMs = -1, durationMs } = calls[0] as ModelCall;
  expect([ttfbMs >= 0, ttfbMs <= durationMs]).toEqual([true, true]);
});

test.each([
  [{ requestsPerMinute: 2 }, 'may use 2 model calls in a minute'],
  [{ tokensPerMinute: 1_500 }, 'may use 1,500 tokens in a minute'],
])('more than %o is refused, and goes on as the minute passes', async (limit, words) => {
  const upstream = await provider();
  const { gateway } = await gatewayFor([upstreamOf(upstream)], limit);
  for (let call = 0; call < 2; call += 1) expect((await ask(gateway)).status).toBe(200);
  const refused = await ask(gateway);
  expect([refused.status, await sentence(refused)]).toEqual([400, expect.stringContaining(words)]);
});

test('a plan that comes into force long after it came does not put calls back in time', async () => {
  const upstream = await provider();
  const { gateway, calls, plan } = await gatewayFor([upstreamOf(upstream)]);
  const next = { ...plan, at: new Date().toISOString(), retries: 1 };
  gateway.learnTime(next);
  await sleep(1_000);
  gateway.setUpstream(next);
  await ask(gateway);
  await expect.poll(() => calls.length).toBe(1);
  expect(Date.parse(calls[0]?.startedAt ?? '') - Date.parse(next.at)).toBeGreaterThanOrEqual(1_000);
});

test('what the demo model answers is counted at its price, which is nothing', async () => {
  const free = { input: 0, output: 0, version: 'free' };
  const { gateway, calls } = await gatewayFor([{ provider: 'demo', baseUrl: '', model: 'm', price: free }]);
  await ask(gateway);
  await expect.poll(() => calls.length).toBe(1);
  expect(calls[0]).toMatchObject({ outcome: 'answered', costUsd: 0, priceVersion: 'free' });
  expect(calls[0]?.usage?.outputTokens).toBeGreaterThan(0);
});
