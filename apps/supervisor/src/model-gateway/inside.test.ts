import { ModelPlan } from '@clawster/link/model-plan';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MeteredProvider, startMeteredProvider } from '../testing/metered-provider.ts';
import { type ModelGateway, openModelGateway } from './model-gateway.ts';

// S14 on a bot's host: what a provider's name leads to is looked at where the connection is made.

let provider: MeteredProvider;
let gateway: ModelGateway;
beforeEach(async () => {
  provider = await startMeteredProvider({ dialect: 'openai-completions', apiKey: 'real-key', model: 'm' });
  gateway = await openModelGateway({ onCall: () => undefined });
});
afterEach(() => Promise.all([gateway.close(), provider.close()]));

async function askWith(baseUrl: string, allowPrivate: boolean): Promise<string> {
  const upstreams = [{ provider: 'openai-compatible', baseUrl, apiKey: 'real-key', model: 'm' }];
  const plan = {
    at: new Date().toISOString(),
    models: [{ name: 'm', upstreams }],
    retries: 0,
    budgets: [],
    allowPrivate,
  };
  gateway.setUpstream(ModelPlan.parse(plan));
  const answer = await fetch(`http://127.0.0.1:${gateway.port}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] }),
  });
  return answer.text();
}

test('S14: where private addresses are closed, no provider on one is asked', async () => {
  const { host } = new URL(provider.baseUrl);
  const port = host.split(':')[1];
  const hosts = [
    host,
    `localhost:${port}`,
    `[::1]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `2130706433:${port}`,
    '169.254.169.254',
  ];
  for (const one of hosts) expect(await askWith(`http://${one}/v1`, false), one).toContain('cannot be reached');
  const letIn = provider.served.length + provider.refused.length;
  expect(letIn).toBe(0);
  process.stdout.write(`S14 providers of a bot's host: tried ${hosts.length}, let in ${letIn}\n`);
});

test('where they are open, one on this machine answers, and the metadata of a cloud stays closed', async () => {
  expect(await askWith(provider.baseUrl, true)).toContain('choices');
  expect(await askWith('http://169.254.169.254/v1', true)).toContain('cannot be reached');
});
