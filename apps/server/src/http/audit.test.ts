import type { AuditVerification } from '@clawster/contract/audit';
import type { EventRecord } from '@clawster/contract/event';
import { sealEvents } from '@clawster/control-plane/audit/seal-events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';

let app: TestApp;
let owner: Record<string, string>;
let viewer: Record<string, string>;
beforeAll(async () => {
  app = await testApp();
  const workspaceId = await app.newWorkspace();
  owner = { cookie: await app.cookieOf(workspaceId, 'owner') };
  viewer = { authorization: `Bearer ${await app.keyOf(workspaceId, 'viewer')}` };
});
afterAll(() => app.close());

const ask = (path: string, headers = owner) => fetch(`${app.url}/api/v1${path}`, { headers });
const events = async (query: string) =>
  ((await (await ask(`/events?${query}`)).json()) as { items: EventRecord[] }).items;

test('a refusal is in the trail once, with who, from where and under the id of the answer', async () => {
  const post = () =>
    fetch(`${app.url}/api/v1/connectors`, {
      method: 'POST',
      headers: { ...viewer, 'content-type': 'application/json', 'user-agent': 'probe/1' },
      body: '{}',
    });
  const first = await post();
  expect(first.status).toBe(403);
  const { requestId } = (await first.json()) as { requestId: string };
  for (let round = 0; round < 20; round += 1) expect((await post()).status).toBe(403);
  await expect.poll(() => events('outcome=refused')).toHaveLength(1);
  expect(await events('outcome=refused')).toMatchObject([
    {
      type: 'request-refused',
      actor: { kind: 'api-key', name: 'test' },
      origin: { address: '127.0.0.1', userAgent: 'probe/1', requestId },
      detail: { method: 'POST', route: '/api/v1/connectors', count: 1 },
    },
  ]);
});

test('who is not signed in, or asks wrongly, leaves nothing', async () => {
  const before = (await events('limit=200')).length;
  expect((await ask('/bots', {})).status).toBe(401);
  expect((await ask('/bots?limit=many')).status).toBe(400);
  expect(await events('limit=200')).toHaveLength(before);
});

test('the trail is verified, its end is told, and it is exported, over HTTP', async () => {
  const verified = async () => {
    await sealEvents(app.plane, new AbortController().signal);
    const text = await (await ask('/audit/verification', viewer)).text();
    const parts = [...text.matchAll(/^data: (.*)$/gm)].map(
      (match) => JSON.parse(match[1] as string) as AuditVerification,
    );
    return parts.at(-1);
  };
  await expect.poll(verified).toMatchObject({ type: 'done', sound: true, unsealed: 0 });
  expect(await (await ask('/audit/checkpoint')).json()).toMatchObject({ keyId: expect.stringMatching(/^ed25519:/) });
  expect((await ask('/audit/checkpoint?number=4000')).status).toBe(404);

  const csv = await ask('/events/export?format=csv&noun=request', viewer);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="clawster-events.csv"');
  expect((await csv.text()).trim().split('\r\n')).toHaveLength(2);
  const lines = (await (await ask('/events/export')).text()).trim().split('\n');
  expect(lines.length).toBe((await events('limit=200')).length);
  expect((await ask('/events/export?format=xml')).status).toBe(400);
});
