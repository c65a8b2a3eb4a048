import { builtInRoles } from '@clawster/contract/permission-list';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, type TestPerson, soonMs } from './test-people.ts';

let app: TestApp;
/** Another replica on the same database. */
let other: TestApp;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
  other = await testApp({ beside: app });
  await eventHubOf(other.plane).start();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const make = (as: Credential, role: string, name = `deploys as ${role}`) =>
  ask(app, 'POST /service-accounts', { as, body: { name, role } });
async function accountOf(role: string): Promise<string> {
  const { status, body } = await make(owner.as, role);
  expect(status, body.detail).toBe(200);
  return String(body['id']);
}
const makeKey = (as: Credential, body: Record<string, unknown>) =>
  ask(app, 'POST /api-keys', { as, body: { name: 'k', ...body } });
async function keyOf(as: Credential, body: Record<string, unknown>): Promise<{ id: string; as: Credential }> {
  const { status, body: made } = await makeKey(as, body);
  expect(status, made.detail).toBe(200);
  return { id: (made['apiKey'] as { id: string }).id, as: { authorization: `Bearer ${String(made['value'])}` } };
}
const statusOf = async (as: Credential, at: TestApp = app) => (await ask(at, 'GET /session', { as })).status;

test('is listed with its keys, and acts under its own name', async () => {
  const id = await accountOf('operator');
  const key = await keyOf(owner.as, { role: 'operator', serviceAccountId: id });
  const { body } = await ask(app, 'GET /service-accounts', { as: owner.as });
  expect(body.items).toMatchObject([{ id, role: 'operator', apiKeyCount: 1 }]);
  const keys = (await ask(app, 'GET /api-keys', { as: owner.as })).body.items;
  expect(keys?.[0]).toMatchObject({ isOwn: false, serviceAccount: { id, name: 'deploys as operator' } });
  await ask(app, 'POST /bots', { as: key.as, body: { name: 'Ada', start: false } });
  for (const filter of [`actorId=${id}`, 'actorKind=service-account']) {
    const events = await ask(app, `GET /events?${filter}`, { as: owner.as });
    expect(events.body.items).toMatchObject([
      {
        type: 'bot-created',
        actor: { kind: 'api-key', id: key.id },
        onBehalfOf: { kind: 'service-account', id, name: 'deploys as operator' },
      },
    ]);
  }
});

test('its keys outlive whoever made them, and are no keys of theirs', async () => {
  const id = await accountOf('operator');
  const grace = await newPerson(app, workspaceId, 'admin');
  const key = await keyOf(grace.as, { role: 'operator', serviceAccountId: id });
  const further = await keyOf(key.as, { role: 'viewer' });
  const { body } = await ask(app, `DELETE /people/${grace.id}`, { as: owner.as });
  expect(body).toMatchObject({ apiKeys: 0 });
  for (const at of [app, other]) for (const { as } of [key, further]) expect(await statusOf(as, at)).toBe(200);
  expect((await ask(app, 'GET /service-accounts', { as: owner.as })).body.items).toMatchObject([{ apiKeyCount: 2 }]);
});

test('one name belongs to one account, whatever its case', async () => {
  await make(owner.as, 'viewer', 'Deploys');
  const again = await make(owner.as, 'viewer', 'deploys');
  expect({ status: again.status, path: again.body.issues?.[0]?.path }).toEqual({ status: 409, path: 'name' });
});

test('nobody grants by an account or its keys what they lack, and nobody decides over one that may do more', async () => {
  const { refused, told } = attempts('granting by service accounts');
  const managing = ['api-key:manage', 'api-key:read', 'api-key:own', 'bot:read'];
  await ask(app, 'POST /roles', { as: owner.as, body: { name: 'keys', permissions: managing } });
  const accounts = new Map<string, string>();
  for (const role of builtInRoles) accounts.set(role, await accountOf(role));
  for (const role of [...builtInRoles, 'keys']) {
    const by = await newPerson(app, workspaceId, role);
    const held = new Set<string>(role === 'keys' ? managing : roleMatrix[role as 'owner']);
    for (const granted of builtInRoles) {
      if (isWithin(roleMatrix[granted], held as never)) continue;
      const id = String(accounts.get(granted));
      const at = `/service-accounts/${id}` as const;
      await refused(
        make(by.as, granted, `${role} ${granted}`),
        makeKey(by.as, { role: granted, serviceAccountId: id }),
        makeKey(by.as, { role: granted, serviceAccountId: String(accounts.get('member')) }),
        makeKey(by.as, { role: granted, scopes: ['workspace:read'], serviceAccountId: id }),
        ask(app, `PATCH ${at}`, { as: by.as, body: { description: 'mine' } }),
        ask(app, `PATCH /service-accounts/${String(accounts.get('member'))}`, { as: by.as, body: { role: granted } }),
        ask(app, `POST ${at}/disable`, { as: by.as }),
        ask(app, `DELETE ${at}`, { as: by.as }),
      );
    }
  }
  // Not even an owner makes a key that does more than its account.
  for (const granted of builtInRoles)
    for (const role of builtInRoles)
      if (!isWithin(roleMatrix[granted], roleMatrix[role]))
        await refused(makeKey(owner.as, { role: granted, serviceAccountId: String(accounts.get(role)) }));
  expect(told()).toEqual({ tried: expect.toSatisfy((tried: number) => tried > 200), letIn: 0 });
});

test('a key of an account does not become a key of a person, and gets no other account’s', async () => {
  const [deploys, reads] = [await accountOf('admin'), await accountOf('viewer')];
  const key = await keyOf(owner.as, { role: 'viewer', serviceAccountId: reads });
  expect((await makeKey(key.as, { role: 'viewer', serviceAccountId: deploys })).status).toBe(403);
  const made = await makeKey(key.as, { role: 'viewer' });
  expect(made.body['apiKey']).toMatchObject({ serviceAccount: { id: reads } });
  const seen = (await ask(app, 'GET /api-keys', { as: key.as })).body.items;
  expect(seen).toHaveLength(2);
});

describe.each([
  ['disabled', (id: string) => ask(app, `POST /service-accounts/${id}/disable`, { as: owner.as }), 401],
  ['deleted', (id: string) => ask(app, `DELETE /service-accounts/${id}`, { as: owner.as }), 401],
  [
    'given a lesser role',
    (id: string) => ask(app, `PATCH /service-accounts/${id}`, { as: owner.as, body: { role: 'member' } }),
    401,
  ],
] as const)('when it is %s', (how, end, status) => {
  test('its keys are refused within a second, on every replica, with what they have open', async () => {
    const id = await accountOf('operator');
    const keys = await Promise.all([1, 2].map(() => keyOf(owner.as, { role: 'operator', serviceAccountId: id })));
    const own = await keyOf(owner.as, { role: 'operator' });
    const open = (at: TestApp, as: Credential) => fetch(`${at.url}/api/v1/events/stream`, { headers: as });
    const streams = await Promise.all(keys.flatMap(({ as }) => [open(app, as), open(other, as)]));
    for (const stream of streams) expect(stream.status).toBe(200);
    const ended = Promise.all(streams.map((stream) => stream.text())).then(() => 'ended');
    const answer = await end(id);
    expect(answer.status, answer.body.detail).toBe(200);
    if (how !== 'disabled') expect(answer.body['apiKeys']).toBe(2);
    expect(await Promise.race([ended, new Promise((done) => setTimeout(() => done('open'), soonMs))])).toBe('ended');
    for (const at of [app, other]) {
      for (const { as } of keys) expect(await statusOf(as, at)).toBe(status);
      expect(await statusOf(own.as, at)).toBe(200);
    }
  });
});

test('enabled again, its keys are let in again', async () => {
  const id = await accountOf('viewer');
  const key = await keyOf(owner.as, { role: 'viewer', serviceAccountId: id });
  await ask(app, `POST /service-accounts/${id}/disable`, { as: owner.as });
  expect((await makeKey(owner.as, { role: 'viewer', serviceAccountId: id })).status).toBe(422);
  expect((await ask(app, `POST /service-accounts/${id}/enable`, { as: owner.as })).status).toBe(200);
  expect(await statusOf(key.as)).toBe(200);
});

test('keeps its role from being deleted, and loses keys when it is narrowed', async () => {
  await ask(app, 'POST /roles', { as: owner.as, body: { name: 'wide', permissions: ['bot:read', 'bot:chat'] } });
  await ask(app, 'POST /roles', { as: owner.as, body: { name: 'talker', permissions: ['bot:chat'] } });
  const id = await accountOf('wide');
  const key = await keyOf(owner.as, { role: 'talker', serviceAccountId: id });
  const deleted = await ask(app, 'DELETE /roles/wide', { as: owner.as });
  expect(deleted.body.detail).toContain('service accounts (1)');
  const changed = await ask(app, 'PATCH /roles/wide', { as: owner.as, body: { permissions: ['bot:read'] } });
  expect(changed.body).toMatchObject({ apiKeys: 1 });
  expect(await statusOf(key.as)).toBe(401);
});
