import type { Provider } from '@clawster/contract/connector';
import { describe, expect, test } from 'vitest';
import { dialectOf, priceOf, priceVersion, whyNotRules } from './rules.ts';

const price = { input: 1, output: 2, asOf: '2026-11-18' };
const model = { id: 'm', inputs: ['text' as const], price };
const ruled = { id: 'own', provider: 'openai' as Provider, model: 'm', models: [model] };
const others = (provider: Provider) => [{ id: 'b', name: 'Second', provider }];

test.each([
  ['openai', undefined, 'openai-completions'],
  ['openai', 'responses', 'openai-responses'],
  ['openrouter', undefined, 'openai-completions'],
  ['anthropic', undefined, 'anthropic-messages'],
  ['google', undefined, 'google-generative-ai'],
  ['demo', 'responses', 'openai-completions'],
] as const)('%s (%s) speaks %s', (provider, api, dialect) => expect(dialectOf({ provider, api })).toBe(dialect));

test('a call is counted at the price that is said; without one it has none, but for the demo model, which is free', () => {
  expect(priceOf('openai', model)).toMatchObject({ input: 1, output: 2, version: priceVersion(price) });
  expect(priceOf('openai', { price: undefined })).toBeUndefined();
  expect(priceOf('openai', undefined)).toBeUndefined();
  expect(priceOf('demo', undefined)).toEqual({ input: 0, output: 0, version: 'free' });
});

describe('what is saved', () => {
  const stand = { connectorId: 'b', model: 'n' };
  test.each([
    ['models of which one is the usual', ruled, { fallbacks: [] }, undefined],
    ['another OpenAI-like provider as a stand-in', ruled, { fallbacks: [stand] }, undefined],
    ['no usual model', { ...ruled, model: 'x' }, { fallbacks: [] }, /x is the usual model/],
    ['a model twice', { ...ruled, models: [model, model] }, { fallbacks: [] }, /named twice/],
    [
      'a budget without a price',
      { ...ruled, models: [{ ...model, price: undefined }] },
      { fallbacks: [], budget: { usd: 1, period: 'day' as const } },
      /m has none/,
    ],
    ['itself as a stand-in', ruled, { fallbacks: [{ connectorId: 'own', model: 'm' }] }, /not there|for itself/],
    ['a stand-in that is gone', ruled, { fallbacks: [{ connectorId: 'c', model: 'm' }] }, /not there any more/],
  ])('%s', (_, saved, rules, message) => {
    const why = whyNotRules(saved, rules, others('openai-compatible'))?.message;
    if (message) expect(why).toMatch(message);
    else expect(why).toBeUndefined();
  });

  test('a stand-in that speaks another dialect is refused, and both are named', () => {
    const why = whyNotRules(ruled, { fallbacks: [stand] }, others('anthropic'));
    expect(why?.message).toContain('(anthropic-messages) than this provider (openai-completions)');
  });
});

test('another price has another version', () => {
  const versions = [price, { ...price, cacheRead: 0.1 }, { ...price, asOf: '2026-11-19' }].map(priceVersion);
  expect(new Set(versions).size).toBe(3);
});
