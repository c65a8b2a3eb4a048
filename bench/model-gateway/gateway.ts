import { ModelPlan } from '@clawster/link/model-plan';
import { openModelGateway } from '../../apps/supervisor/src/model-gateway/model-gateway.ts';
import '../support/tell-cpu.ts';

/** The model gateway in a process of its own, with a budget, limits and prices as a bot has them. */
const gateway = await openModelGateway({ onCall: () => {} });
const price = { input: 2, output: 10, cacheRead: 0.1, version: 'bench' };
const upstream = {
  provider: 'openai' as const,
  baseUrl: process.env['PROVIDER_URL'],
  apiKey: 'key',
  model: 'm',
  price,
  budgetId: 'b',
};
gateway.setUpstream(
  ModelPlan.parse({
    at: new Date().toISOString(),
    models: [{ name: 'm', upstreams: [upstream] }],
    retries: 2,
    requestsPerMinute: 100_000,
    tokensPerMinute: 1_000_000_000,
    budgets: [{ id: 'b', connectorName: 'Bench', period: 'day', limitUsd: 1_000_000, spentUsd: 0 }],
  }),
);
process.send?.({ type: 'ready', url: `http://bot:${gateway.key}@127.0.0.1:${gateway.port}` });
