import { builtInRoles, permissions } from '@clawster/contract/permission-list';
import type { Permission } from '@clawster/contract/permission';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, type TestPerson, soonMs } from './test-people.ts';

let app: TestApp;
let other: TestApp;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
  other = await testApp({ beside: app });
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(async () => {
  await other.close();
  await app.close();
});

const make = (as: Credential, name: string, held: readonly Permission[]) =>
  ask(app, 'POST /roles', { as, body: { name, permissions: held } });
const change = (as: Credential, name: string, held: readonly Permission[]) =>
  ask(app, `PATCH /roles/${name}`, { as, body: { permissions: held } });
const rolesOf = async () => (await ask(app, 'GET /roles', { as: owner.as })).body.items ?? [];
const give = (person: TestPerson, role: string) =>
  ask(app, `PATCH /people/${person.id}`, { as: owner.as, body: { role } });

describe('a role of the workspace', () => {
  test('is listed after the built-in ones, and lets those who have it do what it says', async () => {
    expect((await make(owner.as, 'support', ['bot:read', 'bot:chat'])).status).toBe(200);
    const names = (await rolesOf()).map(({ name }) => name);
    expect(names).toEqual([...builtInRoles, 'support']);
    const grace = await newPerson(app, workspaceId, 'viewer');
    expect((await give(grace, 'support')).status).toBe(200);
    expect((await ask(app, 'GET /bots', { as: grace.as })).status).toBe(200);
    expect((await ask(app, 'GET /connectors', { as: grace.as })).status).toBe(403);
    expect((await rolesOf()).at(-1)).toMatchObject({ name: 'support', builtIn: false, people: 1 });
  });

  test.each([
    ['a built-in name', 'owner', 409],
    ['the same name again', 'support', 409],
    ['a name that is none', 'Support Team', 400],
    ['the name of what every object has', 'constructor', 200],
  ])('is refused under %s, or is one like any', async (_, name, status) => {
    await make(owner.as, 'support', ['bot:read']);
    expect((await make(owner.as, name, ['bot:read'])).status).toBe(status);
  });

  test('is another in another workspace', async () => {
    await make(
      owner.as,
      'support',
      permissions.filter((one) => one !== 'workspace:manage'),
    );
    const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
    expect((await change(elsewhere.as, 'support', ['bot:read'])).status).toBe(404);
    const invited = await ask(app, 'POST /invitations', {
      as: elsewhere.as,
      body: { email: 'a@example.com', role: 'support' },
    });
    expect({ status: invited.status, path: invited.body.issues?.[0]?.path }).toEqual({ status: 400, path: 'role' });
  });

  test('is deleted when nobody has it, no key and no invitation either', async () => {
    await make(owner.as, 'support', ['bot:read']);
    const grace = await newPerson(app, workspaceId, 'viewer');
    await give(grace, 'support');
    const key = await ask(app, 'POST /api-keys', { as: owner.as, body: { name: 'k', role: 'support' } });
    const remove = () => ask(app, 'DELETE /roles/support', { as: owner.as });
    expect((await remove()).body.detail).toContain('API keys (1), people (1)');
    await give(grace, 'viewer');
    await ask(app, `DELETE /api-keys/${(key.body['apiKey'] as { id: string }).id}`, { as: owner.as });
    expect((await remove()).status).toBe(200);
    expect((await give(grace, 'support')).status).toBe(400);
  });

  test('is given to nobody while it is being deleted', async () => {
    for (let round = 0; round < 8; round += 1) {
      await make(owner.as, 'brief', ['bot:read']);
      const grace = await newPerson(app, workspaceId, 'viewer');
      const [deleted, given] = await Promise.all([
        ask(app, 'DELETE /roles/brief', { as: owner.as }),
        give(grace, 'brief'),
      ]);
      expect([deleted.status, given.status].filter((status) => status === 200)).toHaveLength(1);
      if (deleted.status !== 200) {
        await give(grace, 'viewer');
        await ask(app, 'DELETE /roles/brief', { as: owner.as });
      }
    }
  });
});

test('nobody grants what they lack: by role, by key, by invitation, by binding or by making a role', async () => {
  const { refused, told } = attempts('granting what one lacks');
  const wide = permissions.filter((one) => one !== 'workspace:manage');
  const granters = [
    ...builtInRoles.map((role) => [role, [...roleMatrix[role]]] as const),
    ['people', ['person:manage', 'person:read', 'bot:read']] as const,
    ['keys', ['api-key:manage', 'api-key:own', 'bot:read']] as const,
    ['roles', ['role:manage', 'person:manage', 'bot:chat']] as const,
  ];
  for (const [name, held] of granters) if (!builtInRoles.includes(name as never)) await make(owner.as, name, held);
  await make(owner.as, 'wide', wide);
  const granted = [...builtInRoles, 'wide'] as const;
  for (const [role, held] of granters) {
    const by = await newPerson(app, workspaceId, 'viewer');
    const who = await newPerson(app, workspaceId, 'member');
    await give(by, role);
    for (const name of granted) {
      const given = name === 'wide' ? new Set(wide) : roleMatrix[name];
      if (isWithin(given, new Set<Permission>(held))) continue;
      const email = `${role}-${name}@example.com`;
      await refused(
        ask(app, `PATCH /people/${who.id}`, { as: by.as, body: { role: name } }),
        ask(app, 'POST /api-keys', { as: by.as, body: { name: 'k', role: name } }),
        ask(app, 'POST /invitations', { as: by.as, body: { email, role: name } }),
        ask(app, 'POST /role-bindings', {
          as: by.as,
          body: { personId: who.id, role: name, bots: { labels: { team: 'x' } } },
        }),
        make(by.as, `as-${role}-${name}`, [...given]),
        change(by.as, 'wide', [...given]),
      );
    }
  }
  expect(told()).toEqual({ tried: expect.toSatisfy((tried: number) => tried > 200), letIn: 0 });
});

test('a narrower role holds soon on every replica, for streams too, and ends what was handed out by it', async () => {
  await make(owner.as, 'lead', ['bot:read', 'event:read', 'api-key:own', 'bot:chat']);
  const grace = await newPerson(app, workspaceId, 'viewer');
  await give(grace, 'lead');
  await make(owner.as, 'talker', ['bot:chat']);
  const key = await ask(app, 'POST /api-keys', { as: grace.as, body: { name: 'k', role: 'talker' } });
  expect(key.status).toBe(200);
  const streams = await Promise.all(
    [app, other].map((at) => fetch(`${at.url}/api/v1/events/stream`, { headers: grace.as })),
  );
  const ended = streams.map((response) => response.text());
  expect((await ask(other, 'GET /bots', { as: grace.as })).status).toBe(200);
  const changed = await change(owner.as, 'lead', ['workspace:read']);
  expect(changed.body).toEqual({ sessions: 0, apiKeys: 1, invitations: 0 });
  expect((await ask(app, 'GET /bots', { as: grace.as })).status).toBe(403);
  const told = await Promise.race([
    Promise.all(ended),
    new Promise((resolve) => setTimeout(() => resolve('open'), soonMs)),
  ]);
  expect(told).not.toBe('open');
  expect((await ask(other, 'GET /bots', { as: grace.as })).status).toBe(403);
});

test('a role is changed with what it was and is in the trail', async () => {
  await make(owner.as, 'support', ['bot:read']);
  await change(owner.as, 'support', ['bot:read', 'bot:chat']);
  const { body } = await ask(app, 'GET /events?type=role-updated', { as: owner.as });
  expect(body.items?.[0]).toMatchObject({
    subjectName: 'support',
    detail: { before: { permissions: ['bot:read'] }, after: { permissions: ['bot:chat', 'bot:read'] } },
  });
});
