import { builtInRoles } from '@clawster/contract/permission-list';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, type TestPerson } from './test-people.ts';

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

const make = (as: Credential, body: Record<string, unknown>) =>
  ask(app, 'POST /api-keys', { as, body: { name: 'k', ...body } });
async function keyOf(as: Credential, body: Record<string, unknown>): Promise<{ id: string; as: Credential }> {
  const { status, body: made } = await make(as, body);
  expect(status, made.detail).toBe(200);
  return { id: (made['apiKey'] as { id: string }).id, as: { authorization: `Bearer ${String(made['value'])}` } };
}
const revoke = (as: Credential, id: string) => ask(app, `DELETE /api-keys/${id}`, { as });
const idsSeen = async (as: Credential) =>
  ((await ask(app, 'GET /api-keys', { as })).body.items ?? []).map(({ id }) => id);
async function bind(person: TestPerson, role: string, bots: unknown): Promise<string> {
  const answer = await ask(app, 'POST /role-bindings', { as: owner.as, body: { personId: person.id, role, bots } });
  expect(answer.status, answer.body.detail).toBe(200);
  return String(answer.body['id']);
}
const support = { labels: { team: 'support' } };

test.each(builtInRoles)('as %s one makes, sees, uses and revokes keys of one’s own', async (role) => {
  const grace = await newPerson(app, workspaceId, role);
  const key = await keyOf(grace.as, { role });
  expect(await idsSeen(grace.as)).toContain(key.id);
  expect((await ask(app, 'GET /session', { as: key.as })).body['role']).toBe(role);
  // As a command line does when it signs out.
  expect((await revoke(key.as, key.id)).status).toBe(200);
  expect((await ask(app, 'GET /session', { as: key.as })).status).toBe(401);
});

test('nobody sees or revokes another’s keys without the permission', async () => {
  const { refused, told } = attempts('keys of others');
  const theirs = await keyOf(owner.as, { role: 'viewer' });
  for (const role of builtInRoles) {
    const grace = await newPerson(app, workspaceId, role);
    const own = await keyOf(grace.as, { role });
    for (const as of [grace.as, own.as]) {
      const seen = await idsSeen(as);
      expect(seen).toContain(own.id);
      expect(seen.includes(theirs.id)).toBe(roleMatrix[role].has('api-key:read'));
      if (!roleMatrix[role].has('api-key:manage')) {
        await refused(revoke(as, theirs.id));
        await refused(ask(app, `POST /api-keys/${theirs.id}/rotate`, { as, body: {} }));
      }
    }
  }
  expect(told()).toEqual({ tried: 20, letIn: 0 });
  expect((await ask(app, 'GET /session', { as: theirs.as })).status).toBe(200);
});

test('nobody makes a key that does what they lack, for all bots or for some', async () => {
  const { refused, told } = attempts('keys above their maker');
  for (const role of builtInRoles) {
    const grace = await newPerson(app, workspaceId, role);
    const own = await keyOf(grace.as, { role });
    for (const granted of builtInRoles) {
      if (isWithin(roleMatrix[granted], roleMatrix[role])) continue;
      for (const as of [grace.as, own.as])
        await refused(make(as, { role: granted }), make(as, { role: granted, bots: support }));
    }
  }
  expect(told()).toEqual({ tried: expect.toSatisfy((tried: number) => tried > 80), letIn: 0 });
});

describe('who has a role for some bots', () => {
  test('makes keys for those or fewer, within that role, and for no others', async () => {
    const grace = await newPerson(app, workspaceId, 'member');
    await bind(grace, 'operator', support);
    const made = await ask(app, 'POST /bots', {
      as: owner.as,
      body: { name: 'Ada', labels: support.labels, start: false },
    });
    const botId = String(made.body['id']);
    const { refused, told } = attempts('keys beyond the bots of their maker');
    for (const bots of [{ labels: { team: 'sales' } }, { labels: { env: 'live' } }, { botId }, undefined])
      await refused(make(grace.as, { role: 'operator', bots }));
    await refused(make(grace.as, { role: 'developer', bots: support }));
    expect(told()).toEqual({ tried: 5, letIn: 0 });

    for (const bots of [support, { labels: { team: 'support', env: 'live' } }])
      await keyOf(grace.as, { role: 'operator', bots });
    const key = await keyOf(grace.as, { role: 'operator', scopes: ['bot:read', 'bot:operate'], bots: support });
    expect((await ask(app, 'GET /bots', { as: key.as })).body.items).toHaveLength(1);
    expect((await make(key.as, { role: 'operator', bots: support })).status).toBe(403);
  });

  test('loses the keys made by it when it is taken away, at once and with what they have open; no others', async () => {
    const grace = await newPerson(app, workspaceId, 'member');
    const binding = await bind(grace, 'operator', support);
    await bind(grace, 'viewer', support);
    const above = await keyOf(grace.as, { role: 'operator', bots: support });
    const within = await keyOf(grace.as, { role: 'viewer', bots: support });
    const plain = await keyOf(grace.as, { role: 'member' });
    const streams = await Promise.all(
      [app, other].map((at) => fetch(`${at.url}/api/v1/events/stream`, { headers: above.as })),
    );
    for (const { status } of streams) expect(status).toBe(200);
    const ended = Promise.all(streams.map((response) => response.text())).then(() => 'ended');
    expect((await ask(app, `DELETE /role-bindings/${binding}`, { as: owner.as })).status).toBe(200);
    expect(await Promise.race([ended, new Promise((done) => setTimeout(() => done('open'), 1_000))])).toBe('ended');
    for (const at of [app, other]) {
      expect((await ask(at, 'GET /bots', { as: above.as })).status).toBe(401);
      expect((await ask(at, 'GET /bots', { as: within.as })).status).toBe(200);
      expect((await ask(at, 'GET /session', { as: plain.as })).status).toBe(200);
    }
  });

  test('loses them too when the role itself is narrowed', async () => {
    await ask(app, 'POST /roles', { as: owner.as, body: { name: 'wide', permissions: ['bot:read', 'bot:chat'] } });
    await ask(app, 'POST /roles', { as: owner.as, body: { name: 'talker', permissions: ['bot:chat'] } });
    const grace = await newPerson(app, workspaceId, 'member');
    await bind(grace, 'wide', support);
    const key = await keyOf(grace.as, { role: 'talker', bots: support });
    await ask(app, 'PATCH /roles/wide', { as: owner.as, body: { permissions: ['bot:read'] } });
    expect((await ask(app, 'GET /session', { as: key.as })).status).toBe(401);
  });
});

test('a key does no more than its maker may, also when its role is widened later', async () => {
  await ask(app, 'POST /roles', { as: owner.as, body: { name: 'reader', permissions: ['bot:read'] } });
  const grace = await newPerson(app, workspaceId, 'viewer');
  const key = await keyOf(grace.as, { role: 'reader' });
  await ask(app, 'PATCH /roles/reader', { as: owner.as, body: { permissions: ['bot:read', 'bot:create'] } });
  expect((await ask(app, 'GET /bots', { as: key.as })).status).toBe(200);
  expect((await ask(app, 'POST /bots', { as: key.as, body: { name: 'Max', start: false } })).status).toBe(403);
});

test('a key made while its maker is disabled does not stay', async () => {
  const { refused, told } = attempts('keys made while their maker is disabled');
  for (let round = 0; round < 6; round += 1) {
    const grace = await newPerson(app, workspaceId, 'operator');
    const first = await keyOf(grace.as, { role: 'operator' });
    const [made] = await Promise.all([
      make(first.as, { role: 'operator' }),
      ask(app, `POST /people/${grace.id}/disable`, { as: owner.as }),
    ]);
    const second = { authorization: `Bearer ${String(made.body['value'])}` };
    await refused(made.status === 200 ? ask(app, 'GET /session', { as: second }) : Promise.resolve(made));
  }
  expect(told()).toEqual({ tried: 6, letIn: 0 });
});

test('what is no key is told by its form, without asking the database', async () => {
  const { as } = await keyOf(owner.as, { role: 'viewer' });
  const value = String(as['authorization']).slice('Bearer '.length);
  expect(value).toMatch(/^claw_[A-Za-z0-9_-]{49}$/);
  const flipped = value.slice(0, 20) + (value[20] === 'A' ? 'B' : 'A') + value.slice(21);
  for (const wrong of [flipped, value.slice(0, -1), `${value}x`, 'claw_', 'sk-123'])
    expect((await ask(app, 'GET /session', { as: { authorization: `Bearer ${wrong}` } })).body.detail).toContain(
      'mistyped',
    );
  // Those made before there was a checksum are 43 characters long.
  const old = await ask(app, 'GET /session', { as: { authorization: `Bearer ${value.slice(0, 48)}` } });
  expect(old.body.detail).toContain('unknown');
});
