import { randomUUID } from 'node:crypto';
import type { ConnectorModel } from '@clawster/contract/model';
import type { OpenAiApi, Provider } from '@clawster/contract/connector';
import { effectiveOf } from '@clawster/domain/config/effective';
import type { ModelPlan, PlannedUpstream } from '@clawster/link/model-plan';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../testing/link-server.ts';
import { type MeteredProvider, startMeteredProvider } from '../testing/metered-provider.ts';
import { type RealBot, startRealBot } from '../testing/real-bot.ts';
import type { Dialect } from './dialect.ts';
import type { ModelCall } from './model-call.ts';

/** What the provider's own meter says, what we wrote down, and what OpenClaw counted: the three agree to the token. */
const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const models: ConnectorModel[] = [{ id: 'm', inputs: ['text'], price: { ...price, asOf: '2026-11-18' } }];

type Spoken = [Dialect, { provider: Exclude<Provider, 'demo'>; api?: OpenAiApi }];
const dialects: Spoken[] = [
  ['openai-completions', { provider: 'openai' }],
  ['openai-responses', { provider: 'openai', api: 'responses' }],
  ['anthropic-messages', { provider: 'anthropic' }],
  ['google-generative-ai', { provider: 'google' }],
];

let bot: RealBot;
beforeAll(async () => {
  bot = await startRealBot('m');
}, 600_000);
afterAll(() => bot?.stop());

const told = (kind: string) =>
  bot.link.telemetry
    .flatMap(({ items }) => items)
    .filter((item) => item.kind === kind)
    .map(({ data }) => data);
const callOf = (responseId: string) =>
  (told('model-call') as ModelCall[]).find((call) => call.responseId === responseId);

type Message = { responseId?: string; session: string; traceId?: string; usage?: Counted };
type Counted = { input: number; output: number; cacheRead: number; cost: { total: number } };
const messageOf = (responseId: string) =>
  (told('model-message') as Message[]).find((message) => message.responseId === responseId);

describe.each(dialects)('%s', (dialect, spoken) => {
  let first: MeteredProvider;
  let second: MeteredProvider;
  beforeAll(async () => {
    first = await startMeteredProvider({ dialect, apiKey: 'key-one', model: 'm' });
    second = await startMeteredProvider({ dialect, apiKey: 'key-two', model: 'n' });
  });
  afterAll(() => Promise.all([first.close(), second.close()]));

  const upstreamOf = (to: MeteredProvider, change: Partial<PlannedUpstream> = {}): PlannedUpstream => ({
    provider: spoken.provider,
    baseUrl: to.baseUrl,
    apiKey: 'key-one',
    model: 'm',
    price: { ...price, version: 'first' },
    ...change,
  });
  const planOf = (upstreams: PlannedUpstream[]): ModelPlan => ({
    at: new Date().toISOString(),
    models: [{ name: 'm', upstreams }],
    retries: 0,
    allowPrivate: true,
    budgets: [],
    shared: [],
  });

  async function expectCounted(by: MeteredProvider, factor = 1) {
    const { id, usage } = by.served.at(-1) ?? { id: '', usage: { input: 0, output: 0, cacheRead: 0 } };
    const call = await until(() => callOf(id), 20_000, 'the call to be told');
    expect(call).toMatchObject({
      outcome: 'answered',
      dialect,
      usage: { inputTokens: usage.input, outputTokens: usage.output, cacheReadTokens: usage.cacheRead },
    });
    const costUsd = (usage.input * 3 + usage.output * 15 + usage.cacheRead * 0.3) / 1e6;
    expect(call?.costUsd).toBeCloseTo(costUsd * factor, 12);
    const message = await until(() => messageOf(id), 20_000, 'the message of the call');
    expect(message?.session).toMatch(/^agent:main:clawster:/);
    expect(message?.traceId).toBeTruthy();
    expect(message?.usage).toMatchObject({ input: usage.input, output: usage.output, cacheRead: usage.cacheRead });
    expect(message?.usage?.cost.total).toBeCloseTo(costUsd, 9);
    return call;
  }

  test('a turn of the real OpenClaw is counted as its provider counted it', async () => {
    const { document, files } = effectiveOf({ name: 'Ada', model: 'm', models, ...spoken });
    await bot.configure({ document, files, model: planOf([upstreamOf(first)]) });
    expect(await bot.hear(`Say it (${randomUUID()})`)).toBe('It is so.');
    await expectCounted(first);
    expect(first.refused).toEqual([]);
  });

  test('after its key was changed at the provider and here, too', async () => {
    first.apiKey = 'key-new';
    await bot.configure({ model: planOf([upstreamOf(first, { apiKey: 'key-new' })]) });
    expect(await bot.hear('Say it again')).toBe('It is so.');
    await expectCounted(first);
    expect(first.refused).toEqual([]);
  });

  test('where another stands in in the middle of a run it is counted at the price of who answered', async () => {
    const dear = { ...price, input: 6, output: 30, cacheRead: 0.6, version: 'second' };
    const stand = upstreamOf(second, { apiKey: 'key-two', model: 'n', price: dear });
    await bot.configure({ model: planOf([upstreamOf(first, { apiKey: 'key-new' }), stand]) });
    first.mishaps = [503];
    expect(await bot.hear('Say it once more')).toBe('It is so.');
    const call = await expectCounted(second, 2);
    expect(call).toMatchObject({ upstream: 1, tries: 2, model: 'm', upstreamModel: 'n', priceVersion: 'second' });
  });

  test('what a limit refuses is told to the person in its own words, at once', async () => {
    const budget = { id: 'b', connectorName: 'OpenAI', period: 'day', limitUsd: 1, spentUsd: 2 } as const;
    const plan = { ...planOf([upstreamOf(first, { apiKey: 'key-new', budgetId: 'b' })]), budgets: [budget] };
    await bot.configure({ modelCheck: false, model: plan });
    const startedAt = performance.now();
    await expect(bot.hear('One more?')).rejects.toThrow(/has spent its 1 USD of today; it goes on at 00:00 UTC/);
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    await until(
      () => bot.state()?.evidence.find(({ text }) => text.includes('has spent its 1 USD')),
      10_000,
      'evidence',
    );
    await bot.configure({ modelCheck: true, model: planOf([upstreamOf(first, { apiKey: 'key-new' })]) });
  });
});
