import { randomUUID } from 'node:crypto';
import { checkConnectors } from '@clawster/control-plane/connector/check-connectors';
import { planFor } from '@clawster/control-plane/connector/plan-for';
import { storeTelemetry } from '@clawster/control-plane/link/store-telemetry';
import { keep } from '@clawster/control-plane/change';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startModelProvider, type TestProvider } from '../testing/model-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Body, type Credential } from './test-people.ts';

let app: TestApp;
let as: Credential;
let workspaceId: string;
let provider: TestProvider;
beforeAll(async () => {
  app = await testApp();
  provider = await startModelProvider('first-key');
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  as = { cookie: await app.cookieOf(workspaceId, 'owner') };
});
afterAll(async () => {
  await app.close();
  await provider.close();
});

const { asked, done } = asking(() => ({ app, as }));
const newConnector = (fields: Body = {}) =>
  done('POST /connectors', {
    name: 'House',
    provider: 'openai-compatible',
    baseUrl: provider.baseUrl,
    model: 'small',
    apiKey: 'first-key',
    ...fields,
  });
const price = { input: 3, output: 15, cacheRead: 0.3, asOf: '2026-11-18' };
const priced = (id: string) => ({ id, inputs: ['text'], price });

const newBot = async (connectorId: unknown) =>
  String((await done('POST /bots', { name: 'Ada', connectorId, start: false }))['id']);
const planOf = (botId: string, connectorId: unknown) =>
  keep(app.plane, (tx) =>
    planFor(tx, app.plane, { id: botId, workspaceId, spec: { connectorId: String(connectorId), model: 'small' } }),
  );

test('a named provider brings its address, what is known of the model and its price; a stranger brings no price', async () => {
  const known = await newConnector({ provider: 'openai', model: 'gpt-6-sol' });
  expect(known['models']).toMatchObject([
    { id: 'gpt-6-sol', contextWindow: 1_050_000, price: { input: 2, output: 10 } },
  ]);
  const stranger = await newConnector({ name: 'Cellar' });
  expect(stranger).toMatchObject({ models: [{ id: 'small', inputs: ['text'] }], retries: 2, fallbacks: [] });
  expect((stranger['models'] as Body[])[0]).not.toHaveProperty('price');
});

test('what could not hold is refused where it is entered', async () => {
  const claude = await newConnector({ name: 'Claude', provider: 'anthropic' });
  const refused = await asked('POST /connectors', {
    name: 'House',
    provider: 'openai-compatible',
    baseUrl: provider.baseUrl,
    apiKey: 'first-key',
    model: 'small',
    fallbacks: [{ connectorId: claude['id'], model: 'small' }],
  });
  expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('speaks another dialect')]);
  const house = await newConnector();
  const budget = await asked(`PATCH /connectors/${String(house['id'])}`, { budget: { usd: 5, period: 'day' } });
  expect([budget.status, budget.body.detail]).toEqual([422, expect.stringContaining('enter its price')]);
});

test('a limit is set and taken away, and each is told to the bots that use the connector', async () => {
  const { id } = await newConnector({ models: [priced('small')] });
  const botId = await newBot(id);
  const generation = async () => Number((await done(`GET /bots/${botId}`))['generation']);
  const before = await generation();
  await done(`PATCH /connectors/${String(id)}`, { requestsPerMinute: 60, budget: { usd: 5, period: 'day' } });
  expect(await generation()).toBe(before + 1);
  const after = await done(`PATCH /connectors/${String(id)}`, { requestsPerMinute: null });
  expect(after).toMatchObject({ budget: { usd: 5, period: 'day' } });
  expect(after).not.toHaveProperty('requestsPerMinute');
  expect(await generation()).toBe(before + 2);
  await done(`PATCH /connectors/${String(id)}`, { models: [priced('small'), priced('tiny')] });
  expect(await generation()).toBe(before + 3);
  expect((await done(`GET /bots/${botId}/revisions`)).items?.[0]).toMatchObject({
    number: before + 3,
    cause: { kind: 'connector', name: 'House' },
  });
  await done(`PATCH /connectors/${String(id)}`, { model: 'small' });
  expect(await generation()).toBe(before + 3);
});

test('a bot is told which models it may ask, who stands in, at which prices, and what it has spent', async () => {
  const second = await newConnector({ name: 'Second', models: [priced('large'), priced('small')] });
  const own = await newConnector({
    models: [priced('small'), { id: 'tiny', inputs: ['text'], price: { ...price, input: 1 } }],
    fallbacks: [{ connectorId: second['id'], model: 'large' }],
    budget: { usd: 5, period: 'month' },
    tokensPerMinute: 100_000,
  });
  const botId = await newBot(own['id']);
  await keepCalls(botId, [
    { costUsd: 0.5, connectorId: String(own['id']) },
    { costUsd: 0.25, connectorId: 'another' },
  ]);
  const { plan, credentials } = await planOf(botId, own['id']);
  expect(plan).toMatchObject({
    retries: 2,
    tokensPerMinute: 100_000,
    budgets: [{ connectorName: 'House', period: 'month', limitUsd: 5, spentUsd: 0.5 }],
    models: [
      {
        name: 'small',
        upstreams: [
          {
            connectorId: own['id'],
            model: 'small',
            apiKey: 'first-key',
            price: { input: 3, version: '2026-11-18 3/15/0.3/3' },
          },
          { connectorId: second['id'], model: 'large' },
        ],
      },
      { name: 'tiny', upstreams: [{ model: 'tiny', price: { input: 1 } }, { model: 'large' }] },
    ],
  });
  expect(credentials.map(({ use }) => use)).toEqual([
    { kind: 'model', index: 0 },
    { kind: 'model', index: 1 },
  ]);
});

test('a new key of one that stands in reaches the bots it stands in for, and it is not deleted from under them', async () => {
  const second = await newConnector({ name: 'Second', models: [priced('small')] });
  const own = await newConnector({ fallbacks: [{ connectorId: second['id'], model: 'small' }] });
  const botId = await newBot(own['id']);
  const stranger = await done('POST /bots', { name: 'Bob', start: false });
  const generations = () =>
    Promise.all(
      [botId, String(stranger['id'])].map(async (id) => Number((await done(`GET /bots/${id}`))['generation'])),
    );
  const [before, others] = await generations();
  provider.keys.add('second-key');
  await done(`PATCH /connectors/${String(second['id'])}`, { apiKey: 'second-key' });
  expect(await generations()).toEqual([Number(before) + 1, others]);
  expect((await planOf(botId, own['id'])).plan.models[0]?.upstreams.map(({ apiKey }) => apiKey)).toEqual([
    'first-key',
    'second-key',
  ]);
  const deleted = await asked(`DELETE /connectors/${String(second['id'])}`);
  expect([deleted.status, deleted.body.detail]).toEqual([409, expect.stringContaining('House names this connector')]);
});

test('a check is asked for, kept with its time, and recorded; that a provider ceases to answer is found without being asked', async () => {
  const { id } = await newConnector();
  expect(await done(`POST /connectors/${String(id)}/check`)).toMatchObject({ check: { ok: true } });
  await done('POST /bots', { name: 'Ada', connectorId: id });
  const look = async () => {
    await keep(app.plane, (tx) =>
      tx
        .updateTable('connector')
        .set({ checkAt: new Date(0) })
        .where('id', '=', String(id))
        .execute(),
    );
    await checkConnectors(app.plane, AbortSignal.timeout(10_000));
    return (await done('GET /events?type=connector-checked')).items?.map(({ detail }) => (detail as Body)['ok']);
  };
  expect(await look()).toEqual([true]);
  provider.keys.delete('first-key');
  expect(await look()).toEqual([false, true]);
  expect(await look()).toEqual([false, true]);
  expect(await done(`GET /connectors/${String(id)}`)).toMatchObject({
    check: { ok: false, message: expect.stringContaining('refused the API key') },
  });
  provider.keys.add('first-key');
});

let sequence = 0;
/** As a supervisor would have told. */
async function keepCalls(botId: string, calls: Body[], messages: Body[] = []) {
  const at = new Date().toISOString();
  const item = (kind: string, data: Body) => ({ sequence: (sequence += 1), at, kind, data });
  const call = {
    startedAt: at,
    model: 'small',
    provider: 'openai',
    tries: 1,
    ok: true,
    durationMs: 10,
  };
  const items = [
    ...calls.map((one) => item('model-call', { ...call, id: randomUUID(), outcome: 'answered', ...one })),
    ...messages.map((one) => item('model-message', one)),
  ];
  await storeTelemetry(app.plane, [{ botId, workspaceId, batch: { epoch: 1, items, dropped: 0 } }]);
}

test('calls are listed with where their answers were used, a page at a time, with what each model comes to', async () => {
  const { id } = await newConnector();
  const botId = await newBot(id);
  const usage = { inputTokens: 100, outputTokens: 10, cacheReadTokens: 5, cacheWriteTokens: 0 };
  await keepCalls(
    botId,
    [
      { responseId: 'a', usage, costUsd: 0.1 },
      { responseId: 'b', estimated: usage, costUsd: 0.2 },
      { outcome: 'refused', ok: false, failure: 'This bot has spent its 5 USD' },
      { model: 'tiny', usage },
    ],
    [{ responseId: 'a', sessionKey: 'agent:main:clawster:x', runId: 'turn-1', channel: 'clawster' }],
  );
  const first = await done(`GET /bots/${botId}/model-calls?limit=3`);
  const rest = await done(`GET /bots/${botId}/model-calls?limit=3&cursor=${String(first['nextCursor'])}`);
  expect([...(first.items ?? []), ...(rest.items ?? [])]).toMatchObject([
    { model: 'tiny' },
    { outcome: 'refused' },
    { responseId: 'b' },
    { responseId: 'a', sessionKey: 'agent:main:clawster:x', runId: 'turn-1', channel: 'clawster', usage },
  ]);
  expect(rest).not.toHaveProperty('nextCursor');
  expect(first).toMatchObject({
    total: 4,
    totals: [
      { model: 'small', calls: 3, failed: 1, estimated: 1, unpriced: 0, inputTokens: 200, outputTokens: 20 },
      { model: 'tiny', calls: 1, unpriced: 1, costUsd: 0 },
    ],
  });
});
