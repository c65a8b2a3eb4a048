import { builtInRoles } from '@clawster/contract/permission-list';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, password, signedIn, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: TestPerson;
let count = 0;
let email: string;
beforeAll(async () => {
  app = await testApp();
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterAll(() => app.close());
beforeEach(() => {
  count += 1;
  email = `grace${count}@example.com`;
});

async function invite(role = 'operator', by = owner, to = email) {
  const answer = await ask(app, 'POST /invitations', { as: by.as, body: { email: to, role } });
  const { link = '', invitation } = answer.body as { link?: string; invitation?: { id: string } };
  return { ...answer, link, token: link.split('#token=')[1] ?? '', id: invitation?.id ?? '' };
}
const accept = (token: string, more = {}) =>
  ask(app, 'POST /invitations/accept', { body: { token, name: 'Grace Hopper', password, ...more } });
const lookUp = (token: string) => ask(app, 'POST /invitations/look-up', { body: { token } });

describe('an invitation', () => {
  test('leads from its link to an account and a session, with the role that was given', async () => {
    const { link, token } = await invite('viewer');
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4500\/invite#token=[\w-]{43}$/);
    expect((await lookUp(token)).body).toMatchObject({
      email,
      role: 'viewer',
      workspaceName: 'Test',
      invitedBy: owner.name,
      hasAccount: false,
    });
    const { status, session } = await accept(token);
    expect(status).toBe(200);
    expect((await ask(app, 'GET /session', { as: { cookie: session } })).body).toMatchObject({
      role: 'viewer',
      caller: { person: { email, name: 'Grace Hopper' } },
    });
    expect((await accept(token)).status).toBe(403);
    const [event] = await app.database.rows(`select actor, detail from event where type = 'invitation-accepted'`);
    expect(event).toMatchObject({ actor: { name: 'Grace Hopper' }, detail: { role: 'viewer' } });
  });

  test('is used by one of several who try at once', async () => {
    const { token } = await invite();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await app.database.rows(`select id from person where email = '${email}'`)).toHaveLength(1);
  });

  test.each([
    ['revoked', async (id: string) => void (await ask(app, `DELETE /invitations/${id}`, { as: owner.as }))],
    [
      'a week old',
      async (id: string) =>
        void (await app.database.rows(`update invitation set expires_at = now() - interval '1 s' where id = '${id}'`)),
    ],
    ['replaced by another', async () => void (await invite())],
  ])('that is %s lets nobody in', async (_, end) => {
    const { token, id } = await invite();
    await end(id);
    for (const answer of [await lookUp(token), await accept(token)]) expect(answer.status).toBe(403);
    expect(await app.database.rows(`select id from person where email = '${email}'`)).toEqual([]);
  });

  test('is joined by whoever has an account by signing in, and by nobody else', async () => {
    const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
    const { token } = await invite('admin', owner, elsewhere.email);
    expect((await lookUp(token)).body).toMatchObject({ hasAccount: true });
    expect((await accept(token)).status).toBe(409);
    const signIn = (who: string, secret: string) =>
      ask(app, 'POST /sessions', { body: { email: who, password: secret, invitation: token } });
    expect((await signIn(elsewhere.email, 'wrong')).status).toBe(401);
    const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
    expect((await signIn(stranger.email, password)).status).toBe(403);
    expect((await signIn(elsewhere.email, password)).body).toMatchObject({
      state: 'signed-in',
      identity: { role: 'admin', workspace: { id: workspaceId } },
    });
    expect((await signIn(elsewhere.email, password)).status).toBe(403);
  });

  test('refuses a password that is easily guessed, and stays good', async () => {
    const { token } = await invite();
    const { status, body } = await accept(token, { password: `${email}${email}` });
    expect({ status, issues: body.issues }).toMatchObject({ status: 400, issues: [{ path: 'password' }] });
    expect((await accept(token)).status).toBe(200);
  });
});

test('nobody invites to a role above their own, nor decides over such an invitation', async () => {
  let tried = 0;
  let letIn = 0;
  const people = new Map<string, TestPerson>();
  for (const role of builtInRoles) people.set(role, await newPerson(app, workspaceId, role));
  for (const role of builtInRoles) {
    const by = people.get(role) as TestPerson;
    for (const granted of builtInRoles) {
      const { status, body } = await invite(granted, by, `${role}.${granted}@example.com`);
      const may = (role === 'owner' || role === 'admin') && isWithin(roleMatrix[granted], roleMatrix[role]);
      if (may) expect(status, `${role} invites ${granted}: ${body.detail}`).toBe(200);
      else tried += 1;
      if (!may && status === 200) letIn += 1;
    }
  }
  const { id, token } = await invite('owner');
  for (const role of ['admin', 'operator', 'viewer']) {
    const { as } = people.get(role) as TestPerson;
    tried += 2;
    if ((await ask(app, `DELETE /invitations/${id}`, { as })).status === 200) letIn += 1;
    if ((await ask(app, 'POST /invitations', { as, body: { email, role: 'viewer' } })).status === 200) letIn += 1;
  }
  expect((await lookUp(token)).status).toBe(200);
  process.stdout.write(`invitations above oneself: tried ${tried}, let in ${letIn}\n`);
  expect(letIn).toBe(0);
});

test('a key that may manage people and nothing else can hand out no role', async () => {
  const as = { authorization: `Bearer ${await app.keyOf(workspaceId, 'owner', ['person:manage'])}` };
  for (const role of builtInRoles)
    expect((await ask(app, 'POST /invitations', { as, body: { email, role } })).status).toBe(403);
});

test('no answer, event or row gives a link back', async () => {
  const { token } = await invite();
  const admin = await newPerson(app, workspaceId, 'admin');
  const told = JSON.stringify([
    (await ask(app, 'GET /invitations?limit=200', { as: admin.as })).body,
    (await ask(app, 'GET /events?limit=200', { as: admin.as })).body,
    await app.database.rows('select * from invitation'),
    app.logged,
  ]);
  expect(told).toContain(email);
  expect(told).not.toContain(token);
  const viewer = await newPerson(app, workspaceId, 'viewer');
  expect((await ask(app, 'GET /invitations', { as: viewer.as })).status).toBe(403);
});

test('an invitation of another workspace is neither seen nor revoked', async () => {
  const { id, token } = await invite();
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await ask(app, 'GET /invitations', { as: stranger.as })).body).toMatchObject({ items: [], total: 0 });
  expect((await ask(app, `DELETE /invitations/${id}`, { as: stranger.as })).status).toBe(404);
  expect((await lookUp(token)).status).toBe(200);
});

test('whoever is a member already is not invited again', async () => {
  const { status, body } = await invite('viewer', owner, owner.email);
  expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 409, path: 'email' });
  expect(await signedIn(app, owner.email)).toContain('clawster-session');
});
