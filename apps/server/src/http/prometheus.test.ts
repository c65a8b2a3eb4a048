import { randomUUID } from 'node:crypto';
import { exportTelemetry } from '@clawster/control-plane/exporter/export-telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { otlpReceiver } from '../testing/otlp-receiver.ts';
import { attributesIn } from '../testing/otlp-schema.ts';
import { aTurn, type Owner, tellSpans } from '../testing/story.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
const { done } = asking(() => ({ app, as: owner.as }));

beforeAll(async () => {
  app = await testApp();
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(() => app.close());

async function newBot(name: string): Promise<Owner> {
  return { workspaceId, botId: String((await done('POST /bots', { name, start: false }))['id']) };
}

async function scrape(as: Record<string, string>) {
  const response = await fetch(`${app.url}/api/v1/metrics/prometheus`, { headers: as });
  return { type: response.headers.get('content-type'), text: await response.text() };
}

/** What a sample says, by what it begins with and all labels it must have. */
function sample(text: string, name: string, labels: Record<string, string> = {}): number | undefined {
  const line = text
    .split('\n')
    .find(
      (one) =>
        (one.startsWith(`${name}{`) || one.startsWith(`${name} `)) &&
        Object.entries(labels).every(([key, value]) => one.includes(`${key}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

test('a scrape tells phases, turns, tools, tokens, cost and durations of each bot, in the format of Prometheus', async () => {
  const ada = await newBot('Ada');
  await tellSpans(app.plane, ada, [...aTurn().items, ...aTurn().items]);
  const oddly = { id: 'odd', startedAt: new Date().toISOString(), name: 'say "hi"\\\nnow' };
  await tellSpans(app.plane, ada, [{ kind: 'tool-call', data: oddly }]);
  const key = await app.keyOf(workspaceId, 'viewer', ['telemetry:read']);
  const { type, text } = await scrape({ authorization: `Bearer ${key}` });
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  const bot = { bot: 'Ada', bot_id: ada.botId };
  expect(sample(text, 'clawster_bot_phase', { ...bot, phase: 'stopped' })).toBe(1);
  expect(sample(text, 'clawster_turns_total', { ...bot, channel: 'telegram', outcome: 'ok' })).toBe(2);
  expect(sample(text, 'clawster_tool_calls_total', { ...bot, tool: 'read', outcome: 'failed' })).toBe(2);
  const odd = String.raw`say \"hi\"\\\nnow`;
  expect(sample(text, 'clawster_tool_calls_total', { ...bot, tool: odd, outcome: 'ok' })).toBe(1);
  expect(sample(text, 'clawster_tokens_total', { ...bot, model: 'gpt-5', type: 'input' })).toBe(200);
  expect(sample(text, 'clawster_tokens_total', { ...bot, model: 'gpt-5', type: 'cache_read' })).toBe(60);
  expect(sample(text, 'clawster_cost_usd_total', { ...bot, model: 'gpt-5' })).toBe(0.5);
  expect(sample(text, 'clawster_duration_seconds_bucket', { ...bot, kind: 'turn', le: '1.024' })).toBe(0);
  expect(sample(text, 'clawster_duration_seconds_bucket', { ...bot, kind: 'turn', le: '2.048' })).toBe(2);
  expect(sample(text, 'clawster_duration_seconds_sum', { ...bot, kind: 'turn' })).toBe(3);
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)*\})? [0-9.e+-]+)$/);
});

test('a call whose conversation becomes known later makes no counter fall', async () => {
  const bot = await newBot('Bob');
  const { items } = aTurn();
  await tellSpans(
    app.plane,
    bot,
    items.filter(({ kind }) => kind === 'model-call'),
  );
  const before = (await scrape(owner.as)).text;
  await tellSpans(
    app.plane,
    bot,
    items.filter(({ kind }) => kind !== 'model-call'),
  );
  const after = (await scrape(owner.as)).text;
  const lines = before.split('\n').filter((line) => line.includes(bot.botId));
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) {
    const at = line.lastIndexOf(' ');
    const now = after.split('\n').find((one) => one.startsWith(`${line.slice(0, at)} `));
    expect(Number(now?.slice(at + 1))).toBeGreaterThanOrEqual(Number(line.slice(at + 1)));
  }
});

test('a key for one bot reads the figures of that bot, and another workspace none', async () => {
  const [eve, ida] = [await newBot('Eve'), await newBot('Ida')];
  for (const bot of [eve, ida]) await tellSpans(app.plane, bot, aTurn().items);
  const made = await done('POST /api-keys', { name: 'eve', role: 'viewer', bots: { botId: eve.botId } });
  const { text } = await scrape({ authorization: `Bearer ${String(made['value'])}` });
  expect(sample(text, 'clawster_turns_total', { bot_id: eve.botId })).toBe(1);
  expect(text).not.toContain(ida.botId);
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await scrape(stranger.as)).text).not.toContain('bot_id');
  expect((await ask(app, 'GET /metrics/prometheus')).status).toBe(401);
});

test('names without end are told together, and how many those are is said', async () => {
  const workspace = await app.newWorkspace();
  const person = await newPerson(app, workspace, 'owner');
  await app.database.rows(`insert into bot (id, workspace_id, name, target_id, connector_id, spec, status, phase)
    select gen_random_uuid(), '${workspace}', 'b' || n, target.id, connector.id, (select spec from bot limit 1), '{}', 'stopped'
    from generate_series(1, 503) n, target, connector
    where target.workspace_id = '${workspace}' and connector.workspace_id = '${workspace}'`);
  const day = new Date().toISOString().slice(0, 10);
  await app.database
    .rows(`insert into usage_day select id, workspace_id, '${day}', 'tool-call', '', 't' || n, '', 2, 1, 0, 0, 0, 0, 0, 0, 0, 5
    from bot, generate_series(1, 60) n where workspace_id = '${workspace}'`);
  const { text } = await scrape(person.as);
  expect(sample(text, 'clawster_told_together', { what: 'bots' })).toBe(3);
  expect(sample(text, 'clawster_told_together', { what: 'names' })).toBe(10);
  expect(sample(text, 'clawster_tool_calls_total', { bot_id: 'other', tool: 'other', outcome: 'ok' })).toBe(30);
  expect(text.split('\n').filter((line) => line.startsWith('clawster_tool_calls_total')).length).toBe(501 * 51 * 2);
});

test('the same figures go out as metrics of OpenTelemetry, as sums since Monday', async () => {
  const receiver = await otlpReceiver();
  const bot = await newBot('Otto');
  await tellSpans(app.plane, bot, aTurn().items);
  await done('POST /exporters', { name: randomUUID(), endpoint: receiver.endpoint, traces: false });
  await exportTelemetry(app.plane, new AbortController().signal);
  expect(receiver.refused).toEqual([]);
  const ours = receiver.metrics.filter(({ resource }) => resource['clawster.bot.id'] === bot.botId);
  const told = ours.flatMap(({ metric }) =>
    (metric.sum ?? metric.histogram)?.dataPoints.map((point) => ({
      metric,
      point,
      at: attributesIn(point.attributes),
    })),
  );
  const of = (name: string, at: Record<string, string>) =>
    told.find((one) => one?.metric.name === name && Object.entries(at).every(([key, value]) => one.at[key] === value))
      ?.point;
  const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5' };
  expect(of('gen_ai.client.token.usage', { ...chat, 'gen_ai.token.type': 'input' })).toMatchObject({
    count: '1',
    sum: 135,
  });
  expect(of('gen_ai.client.token.usage', { ...chat, 'gen_ai.token.type': 'output' })?.sum).toBe(20);
  expect(of('gen_ai.client.operation.duration', { 'gen_ai.operation.name': 'invoke_agent' })?.sum).toBe(1.5);
  expect(of('clawster.cost', chat)?.asDouble).toBe(0.25);
  expect(of('clawster.turns', { 'clawster.channel': 'telegram', 'clawster.outcome': 'ok' })?.asInt).toBe('1');
  expect(of('clawster.tool_calls', { 'gen_ai.tool.name': 'read', 'clawster.outcome': 'failed' })?.asInt).toBe('1');
  const since = new Date(Number(BigInt(told[0]?.point.startTimeUnixNano ?? 0) / 1_000_000n));
  expect([since.getUTCDay(), since.toISOString().slice(11)]).toEqual([1, '00:00:00.000Z']);
  await receiver.kill();
});
