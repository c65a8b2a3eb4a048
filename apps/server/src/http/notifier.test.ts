import { createHmac } from 'node:crypto';
import { sendNotices } from '@clawster/control-plane/notifier/send-notices';
import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type HttpSink, httpSink } from '../testing/http-sink.ts';
import { type MailServer, startMailServer } from '../testing/mail-server.ts';
import { type TestApp, testApp } from './test-app.ts';
import { putItem } from './test-inbox.ts';
import { ask, asking, newPerson, type TestPerson } from './test-people.ts';

let app: TestApp;
let sink: HttpSink;
let mail: MailServer;
let workspaceId: string;
let owner: TestPerson;
const { asked, done } = asking(() => ({ app, as: owner.as }));
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  [sink, mail] = [await httpSink(), await startMailServer()];
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterEach(async () => {
  await sink.close();
  await mail.close();
});
afterAll(() => app.close());

const put = () => putItem(app, { workspaceId });
const pass = () => sendNotices(app.plane, new AbortController().signal);
const dueNow = () =>
  app.database.rows(`update inbox_notice set next_try_at = now() where next_try_at is not null and sent_at is null`);
const create = (kind: string, more: Record<string, unknown> = {}) =>
  done('POST /notifiers', { name: kind, kind, ...(kind === 'mail' ? {} : { url: sink.url }), ...more });
const notifier = async () => (await done('GET /notifiers')).items?.[0];

test('a webhook is sent what waits once, signed with what was shown once; its address lies nowhere in the clear', async () => {
  const made = await create('webhook');
  const secret = String(made['signingSecret']);
  const item = await put();
  await pass();
  await pass();
  expect(sink.received).toHaveLength(1);
  const { headers, body } = sink.received[0] ?? { headers: {}, body: '' };
  const [, at, hex] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(headers['x-clawster-signature'])) ?? [];
  expect(hex).toBe(createHmac('sha256', secret).update(`${at}.${body}`).digest('hex'));
  expect(JSON.parse(body)).toMatchObject({ type: 'inbox-opened', itemId: item.id, contentHash: item.contentHash });
  expect(await notifier()).toMatchObject({ sentAt: expect.any(String) });
  const told = JSON.stringify([await done('GET /notifiers'), await done('GET /events')]);
  for (const text of [...(await dumpAll(app.plane)), told, app.logged.join('\n')]) {
    expect(text).not.toContain('a-secret-path');
    expect(text).not.toContain(secret);
  }
});

test('Slack is sent a message with a button that is a link', async () => {
  await create('slack');
  await put();
  await pass();
  const { blocks } = JSON.parse(sink.received[0]?.body ?? '{}') as { blocks: unknown[] };
  expect(JSON.stringify(blocks)).toMatch(
    /"type":"button".*"url":"http:\/\/127\.0\.0\.1:4500\/inbox-link#token=[\w-]{43}"/,
  );
});

test('a person is mailed, and who was given an item is, too, though nothing was set up for them', async () => {
  const from = { fromName: 'Clawster', fromAddress: 'clawster@example.com' };
  const { port, user, password } = mail;
  await done('PUT /mail', { host: 'localhost', port, security: 'starttls', user, password, ...from });
  await create('mail');
  const { id } = await put();
  await pass();
  expect(mail.received.map(({ to }) => to)).toEqual([[owner.email]]);
  const grace = await newPerson(app, workspaceId, 'operator');
  await done(`POST /inbox/${id}/assign`, { personId: grace.id });
  await pass();
  expect(mail.received.map(({ to }) => to)).toEqual([[owner.email], [grace.email]]);
  expect(mail.received[1]?.source).toContain('inbox-link#token');
});

test('one that fails is tried again, then given up and told; one that was taken back is given up at once', async () => {
  await create('webhook');
  sink.status = 500;
  await put();
  await pass();
  expect(await notifier()).toMatchObject({ trouble: expect.stringContaining('answered 500') });
  for (let turn = 0; turn < 9; turn += 1) {
    await dueNow();
    await pass();
  }
  expect(sink.received).toHaveLength(8);
  sink.status = 410;
  await putItem(app, { workspaceId, subject: 'other' });
  await pass();
  const failed = await app.database.rows(
    `select detail from event where type = 'notifier-failed' and workspace_id = '${workspaceId}' order by id`,
  );
  expect(failed).toMatchObject([{ detail: { tries: 8 } }, { detail: { tries: 1 } }]);
  expect(sink.received).toHaveLength(9);
});

test('a test says what became of it, and what was stopped or is of another kind tells nothing', async () => {
  const { id } = await create('webhook', { inboxKinds: ['budget'] });
  expect(await done(`POST /notifiers/${String(id)}/test`)).toMatchObject({ ok: true });
  sink.status = 404;
  expect(await done(`POST /notifiers/${String(id)}/test`)).toMatchObject({ ok: false });
  await put();
  await done(`PATCH /notifiers/${String(id)}`, { inboxKinds: ['stall'], enabled: false });
  await putItem(app, { workspaceId, subject: 'other' });
  await pass();
  expect(sink.received).toHaveLength(2);
});

test('what was decided before it was told is told no more; who may not manage notifiers makes none', async () => {
  await create('webhook');
  const { id, contentHash } = await put();
  await done(`POST /inbox/${id}/decide`, { decision: 'refuse', contentHash });
  await pass();
  expect(sink.received).toHaveLength(0);
  const viewer = await newPerson(app, workspaceId, 'viewer');
  expect((await ask(app, 'POST /notifiers', { as: viewer.as, body: { name: 'x', kind: 'mail' } })).status).toBe(403);
  expect((await asked('POST /notifiers', { name: 'x', kind: 'slack' })).body.detail).toContain('enter an address');
});
