import { ModelPlan, type PlannedUpstream } from '@clawster/link/model-plan';
import { expect, test } from 'vitest';
import { configuration } from '../testing/configuration.ts';
import { withKnownGood } from './known-good.ts';

const upstream = (change: Partial<PlannedUpstream> = {}) => ({
  provider: 'openai' as const,
  baseUrl: 'https://provider',
  apiKey: 'key-now',
  model: 'new',
  ...change,
});
const planOf = (name: string, one = upstream()) =>
  ModelPlan.parse({
    at: '2026-11-27T12:00:00Z',
    models: [{ name, upstreams: [one] }],
    retries: 0,
    budgets: [],
  });
const back = (good: ModelPlan, today: ModelPlan) => {
  const { document, files } = configuration();
  const known = { generation: 1, document, files, model: good, startMs: 1 };
  const { model } = withKnownGood(configuration({ model: today }), known);
  return 'models' in model ? model.models.map(({ name, upstreams }) => [name, upstreams[0]?.apiKey]) : [];
};

test('taken back to what is known to be good, a bot is served the model of then with the key of today', () => {
  const then = planOf('old', { ...upstream({ model: 'old' }), apiKey: 'key-then' });
  expect(back(then, planOf('new'))).toEqual([
    ['old', 'key-now'],
    ['new', 'key-now'],
  ]);
});

test('a provider that is attached no longer is asked no more', () => {
  const then = planOf('old', upstream({ baseUrl: 'https://another' }));
  expect(back(then, planOf('new'))).toEqual([['new', 'key-now']]);
});
