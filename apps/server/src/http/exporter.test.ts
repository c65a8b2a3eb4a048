import { createHash, randomUUID } from 'node:crypto';
import { exportTelemetry } from '@clawster/control-plane/exporter/export-telemetry';
import { failuresMax } from '@clawster/control-plane/exporter/keep-failure';
import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OtlpReceiver, otlpReceiver } from '../testing/otlp-receiver.ts';
import { partialAnswer } from '../testing/otlp-schema.ts';
import { aTurn, type Owner, tellSpans } from '../testing/story.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let bot: Owner;
let receiver: OtlpReceiver;
const signal = new AbortController().signal;
const { asked, done } = asking(() => ({ app, as: owner.as }));

beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  await app.database.rows('delete from exporter');
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  bot = await newBot('Ada');
  receiver = await otlpReceiver();
});
afterEach(() => receiver.kill());
afterAll(() => app.close());

async function newBot(name: string): Promise<Owner> {
  return { workspaceId, botId: String((await done('POST /bots', { name, start: false }))['id']) };
}
const create = (more: Record<string, unknown> = {}) =>
  done('POST /exporters', { name: 'Tool', endpoint: receiver.endpoint, metrics: false, ...more });
const tell = (...turns: ReturnType<typeof aTurn>[]) =>
  tellSpans(
    app.plane,
    bot,
    turns.flatMap(({ items }) => items),
  );
const unsettled = () =>
  app.database.rows(`select id from span where stored_xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`);
/** When nothing that another test has open can come before what was stored. */
async function pass(): Promise<void> {
  await expect.poll(unsettled, { timeout: 10_000 }).toEqual([]);
  await passNow();
}
/** Does at once what time does: whoever waits for the next try is due. */
async function passNow(): Promise<void> {
  await app.database.rows('update exporter set next_try_at = now()');
  await exportTelemetry(app.plane, signal);
}
const exporter = async () => (await done('GET /exporters')).items?.[0] ?? {};
const hashed = (id: string, bytes: number) =>
  createHash('sha256')
    .update(id)
    .digest('hex')
    .slice(0, bytes * 2);

test('every span arrives though the receiver is killed and started in the middle, and each is as it was stored', async () => {
  await create();
  const other = await newBot('Bob');
  // One that was begun before all others is committed after them.
  const late = Promise.withResolvers<void>();
  const lateBot = { workspaceId, botId: randomUUID(), until: late.promise };
  const lateStored = tellSpans(app.plane, lateBot, aTurn().items);
  const isOpen = () =>
    app.database.rows(`select pid from pg_stat_activity
      where state = 'idle in transaction' and backend_xid is not null and datname = current_database()`);
  await expect.poll(isOpen).toHaveLength(1);
  const tellMany = async (of: Owner) => {
    for (let batch = 0; batch < 15; batch += 1)
      await tellSpans(app.plane, of, Array.from({ length: 10 }, () => aTurn().items).flat());
  };
  await Promise.all([bot, other].map(tellMany));
  await passNow();
  const early = receiver.spans.size;
  late.resolve();
  await lateStored;
  // Nothing is told before what could still come before it.
  expect(early).toBe(0);
  receiver.answer = (number) => (number % 3 === 0 ? { status: 503 } : undefined);
  let lost = 0;
  for (let round = 0; round < 40 && receiver.spans.size < 1_204; round += 1) {
    if (round % 4 === 1) {
      await receiver.kill();
      await pass();
      await receiver.revive();
      lost += 1;
    }
    await pass();
  }
  expect(lost).toBeGreaterThan(0);
  expect(receiver.refused).toEqual([]);
  const stored = await app.database
    .rows(`select id, kind, trace_id, parent_id, at, duration_ms, outcome, failure, session
    from span where workspace_id = '${workspaceId}' and kind <> 'model-message'`);
  const due = new Map(
    stored.map((row) => [`${hashed(String(row['trace_id']), 16)}:${hashed(String(row['id']), 8)}`, row]),
  );
  expect(due.size).toBe(1_204);
  expect(new Set(receiver.spans.keys())).toEqual(new Set(due.keys()));
  for (const [key, row] of due) {
    const span = receiver.spans.get(key);
    const startedMs = (row['at'] as Date).getTime();
    const parentId = row['parent_id'] as string | null;
    expect(span).toMatchObject({
      parentSpanId: parentId === null ? '' : hashed(parentId, 8),
      startTimeUnixNano: `${startedMs}000000`,
      endTimeUnixNano: `${startedMs + Number(row['duration_ms'])}000000`,
      attributes: {
        'clawster.span.id': row['id'],
        'clawster.kind': row['kind'],
        'gen_ai.conversation.id': row['session'],
      },
    });
    expect(span?.status?.message ?? null).toBe(row['failure']);
  }
  expect(await exporter()).toMatchObject({ sentSpans: 1_204 });
});

test('spans are told by the conventions for generative AI', async () => {
  await create();
  const [connector] = await app.database.rows(`select id from connector where workspace_id = '${workspaceId}'`);
  const turn = aTurn({ connectorId: String(connector?.['id']) });
  await app.database.rows(`with care as (insert into team (workspace_id, name, charter, lead_id, limits, channel_rights)
      values ('${workspaceId}', 'Care', '', '${bot.botId}', '{}', '{}') returning id)
    insert into team_member (bot_id, team_id, workspace_id, title, capabilities, may_delegate)
      select '${bot.botId}', id, '${workspaceId}', '', '{}', false from care`);
  await tell(turn);
  await pass();
  const of = (id: string) => receiver.spans.get(`${hashed(turn.id, 16)}:${hashed(id, 8)}`);
  const session = `agent:main:telegram:${turn.id}`;
  expect(of(turn.id)).toMatchObject({
    name: 'invoke_agent Ada',
    kind: 1,
    resource: {
      'service.name': 'clawster',
      'clawster.workspace': 'Test',
      'clawster.bot.id': bot.botId,
      'clawster.bot.name': 'Ada',
      'clawster.team.name': 'Care',
    },
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'Ada',
      'gen_ai.conversation.id': session,
    },
  });
  expect(of(`${turn.id}-call`)).toMatchObject({
    name: 'chat gpt-5',
    kind: 3,
    parentSpanId: hashed(turn.id, 8),
    attributes: {
      'gen_ai.provider.name': 'demo',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.usage.input_tokens': 135,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 30,
      'clawster.cost_usd': 0.25,
      'gen_ai.conversation.id': session,
    },
  });
  expect(of(`${turn.id}-tool`)).toMatchObject({
    name: 'execute_tool read',
    status: { code: 2, message: 'No such file' },
    attributes: { 'gen_ai.tool.name': 'read', 'error.type': 'failed' },
  });
  expect(JSON.stringify([...receiver.spans.values()])).not.toContain(`${turn.id}-message`);
});

test('a call waits for its conversation, and goes out once, in its trace', async () => {
  await create();
  const { id, items } = aTurn();
  await tellSpans(
    app.plane,
    bot,
    items.filter(({ kind }) => kind === 'model-call'),
  );
  await pass();
  expect(receiver.spans.size).toBe(0);
  await tellSpans(
    app.plane,
    bot,
    items.filter(({ kind }) => kind !== 'model-call'),
  );
  await pass();
  expect(receiver.spans.get(`${hashed(id, 16)}:${hashed(`${id}-call`, 8)}`)?.times).toBe(1);
  const old = aTurn({ ms: 90_000 });
  await tellSpans(
    app.plane,
    bot,
    old.items.filter(({ kind }) => kind === 'model-call'),
  );
  await pass();
  expect(
    receiver.spans.get(`${hashed(`${bot.botId}/${old.id}-call`, 16)}:${hashed(`${old.id}-call`, 8)}`),
  ).toBeDefined();
});

test.each([
  ['without leave', false],
  ['with leave', true],
])('what was said goes out only %s', async (_, withText) => {
  await create({ withText });
  await tell(aTurn({ text: 'Where is my parcel?' }), aTurn());
  await pass();
  const all = JSON.stringify([...receiver.spans.values()]);
  expect(receiver.spans.size).toBe(8);
  expect(all.includes('parcel')).toBe(withText);
  if (withText) expect(all).toContain('gen_ai.tool.call.arguments');
});

test('who may not read what was said cannot have it sent', async () => {
  await done('POST /roles', { name: 'exports', permissions: ['telemetry:manage', 'telemetry:read'] });
  const { as } = await newPerson(app, workspaceId, 'exports');
  const body = { name: 'Tool', endpoint: receiver.endpoint, withText: true };
  expect((await ask(app, 'POST /exporters', { as, body })).status).toBe(403);
  expect((await ask(app, 'POST /exporters', { as, body: { ...body, withText: false } })).status).toBe(200);
});

test('the headers go to the receiver, and nowhere else: not into answers, events, logs or the database', async () => {
  const secret = 'sk-very-secret-4711';
  const logged: string[] = [];
  app.plane.log = (...line) => void logged.push(JSON.stringify(line));
  await create({ headers: `Authorization: Bearer ${secret}\nX-Scope-OrgID: tenant-1` });
  await tell(aTurn());
  await pass();
  expect(receiver.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${secret}`,
    'x-scope-orgid': 'tenant-1',
  });
  // One that answers with what it was told.
  receiver.answer = () => ({ status: 401, body: `Bearer ${secret} is not known` });
  await tell(aTurn());
  await pass();
  const { id } = await exporter();
  const tested = await asked(`POST /exporters/${String(id)}/test`);
  expect(tested.body).toMatchObject({ ok: false, status: 401, answer: '(secret) is not known' });
  const told = [...logged, ...app.logged, ...(await dumpAll(app.plane)), JSON.stringify(await exporter())];
  told.push(JSON.stringify(tested.body), JSON.stringify((await asked('GET /events?limit=200')).body));
  expect(told.filter((text) => text.includes(secret))).toEqual([]);
});

test('the stored headers go to no other address, and a former address is forgotten with its secret', async () => {
  const { id } = await create({ headers: 'Authorization: Bearer something-long' });
  const path = `/exporters/${String(id)}` as const;
  const other = { endpoint: 'https://elsewhere.example.com' };
  expect((await asked(`PATCH ${path}`, other)).body.issues).toMatchObject([{ path: 'headers' }]);
  expect((await asked(`PATCH ${path}`, { ...other, headers: 'Authorization: Bearer x' })).status).toBe(200);
  expect((await done('GET /secrets')).items).toMatchObject([
    { name: 'Tool headers', uses: [{ kind: 'exporter', name: 'Tool' }] },
  ]);
  await done(`DELETE ${path}`);
  expect((await done('GET /secrets')).items).toEqual([]);
});

describe('one that fails', () => {
  test('is tried again later each time, and not before it asked to be', async () => {
    await create();
    await tell(aTurn());
    const waits = async () => Date.parse(String((await exporter())['nextTryAt'])) - Date.now();
    receiver.answer = () => ({ status: 503, headers: { 'retry-after': '120' }, body: 'busy' });
    await pass();
    expect(await waits()).toBeGreaterThan(110_000);
    receiver.answer = () => ({ status: 500 });
    await pass();
    expect(await waits()).toBeGreaterThan(8_000);
    expect(await waits()).toBeLessThan(11_000);
    expect((await exporter())['trouble']).toBe('It answered 500');
    expect(receiver.spans.size).toBe(0);
  });

  test('too often stops with its reason, is told, and goes on where it stopped once it is resumed', async () => {
    const { id } = await create();
    await tell(aTurn());
    receiver.answer = () => ({ status: 404 });
    await app.database.rows(`update exporter set failures = ${failuresMax - 1}`);
    await pass();
    const asks = receiver.requests.length;
    expect(await exporter()).toMatchObject({
      trouble: expect.stringContaining('no receiver of OpenTelemetry') as string,
    });
    expect((await exporter())['stoppedAt']).toBeDefined();
    await tell(aTurn());
    await pass();
    expect(receiver.requests.length).toBe(asks);
    const { items } = (await asked('GET /events?noun=exporter')).body;
    expect(items?.map(({ type }) => type)).toEqual(['exporter-stopped', 'exporter-created']);
    receiver.answer = undefined;
    await done(`POST /exporters/${String(id)}/resume`);
    await pass();
    expect(receiver.spans.size).toBe(8);
  });

  test('or is slow holds up no other', async () => {
    const slow = await otlpReceiver();
    slow.answer = () => ({ status: 200, waitMs: 3_000 });
    await create({ name: 'Slow', endpoint: slow.endpoint });
    await create({ name: 'Quick' });
    await tell(aTurn());
    const passed = pass();
    await expect.poll(() => receiver.spans.size, { timeout: 2_000 }).toBe(4);
    expect(slow.spans.size).toBe(0);
    await passed;
    expect(slow.spans.size).toBe(4);
    await slow.kill();
  });

  test('for what is in some spans goes on, and says how many were not taken', async () => {
    await create();
    await tell(aTurn());
    receiver.answer = () => ({ status: 200, body: partialAnswer(1, 'too old') });
    await pass();
    expect(await exporter()).toMatchObject({ sentSpans: 3, rejectedSpans: 1 });
  });

  test('for it is no receiver, but a page, is told', async () => {
    await create();
    await tell(aTurn());
    receiver.answer = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' });
    await pass();
    expect((await exporter())['trouble']).toContain('check the address');
  });

  test('for its address is inside is told, where the installation allows none', async () => {
    app.plane.settings.allowPrivateAddresses = false;
    try {
      const { id } = await create();
      const { body } = await asked(`POST /exporters/${String(id)}/test`);
      expect(body).toMatchObject({ ok: false, message: expect.stringContaining('private network') as string });
      expect(receiver.requests).toEqual([]);
    } finally {
      app.plane.settings.allowPrivateAddresses = true;
    }
  });
});

test('of some of the traces each is sent whole or not at all, by a share that holds', async () => {
  await create({ percent: 50 });
  await tell(...Array.from({ length: 100 }, () => aTurn()));
  await pass();
  await pass();
  const byTrace = Map.groupBy(receiver.spans.values(), ({ traceId }) => traceId);
  expect(byTrace.size).toBeGreaterThan(25);
  expect(byTrace.size).toBeLessThan(75);
  for (const spans of byTrace.values()) expect(spans.length).toBe(4);
});

test('a trace is sent to try it, and what was answered is shown', async () => {
  const { id } = await create();
  const { body } = await asked(`POST /exporters/${String(id)}/test`);
  expect(body).toMatchObject({ ok: true, message: 'It took the trace', status: 200 });
  expect([...receiver.spans.values()].map(({ traceId }) => traceId)).toEqual([body['traceId'], body['traceId']]);
});

test('another workspace sees no exporter, and its spans go nowhere', async () => {
  const { id } = await create();
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await ask(app, 'GET /exporters', { as: stranger.as })).body.items).toEqual([]);
  for (const line of [`POST /exporters/${String(id)}/test`, `DELETE /exporters/${String(id)}`] as const)
    expect((await ask(app, line, { as: stranger.as })).status).toBe(404);
  await tellSpans(app.plane, { workspaceId: await app.newWorkspace(), botId: randomUUID() }, aTurn().items);
  await pass();
  expect(receiver.requests).toEqual([]);
});
