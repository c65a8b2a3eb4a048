import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, password, signedIn, type TestPerson } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let ada: TestPerson;
const newPassword = 'granite violin harbour seven';
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  ada = await newPerson(app, workspaceId, 'owner');
});

const is = async (as: { cookie: string } | TestPerson['as']) => (await ask(app, 'GET /session', { as })).status;
const signInStatus = async (email: string, secret: string) =>
  (await ask(app, 'POST /sessions', { body: { email, password: secret } })).status;

test('the own name is changed at once, and told', async () => {
  expect((await ask(app, 'PATCH /account', { as: ada.as, body: { name: 'Ada King' } })).status).toBe(200);
  expect((await ask(app, 'GET /session', { as: ada.as })).body).toMatchObject({
    caller: { person: { name: 'Ada King' } },
  });
  const { body } = await ask(app, 'GET /events?type=person-updated', { as: ada.as });
  expect(body.items?.[0]).toMatchObject({ subjectName: 'Ada King', detail: { from: ada.name } });
});

describe('the e-mail address', () => {
  const change = (email: string, secret = password) =>
    ask(app, 'POST /account/email', { as: ada.as, body: { email, password: secret } });

  test('is changed with the password, and signs in from then on', async () => {
    const email = `new-${ada.email}`;
    expect((await change(email, 'wrong')).body.issues).toMatchObject([{ path: 'password' }]);
    expect((await change(email)).status).toBe(200);
    expect([await signInStatus(email, password), await signInStatus(ada.email, password)]).toEqual([200, 401]);
  });

  test('is not that of another', async () => {
    const grace = await newPerson(app, workspaceId, 'viewer');
    const { status, body } = await change(grace.email.toUpperCase());
    expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 409, path: 'email' });
  });
});

describe('the password', () => {
  const change = (next = newPassword, secret = password) =>
    ask(app, 'POST /account/password', { as: ada.as, body: { password: secret, newPassword: next } });

  test('is changed, and closes every other session with what it has open, in every workspace', async () => {
    const elsewhere = await app.newWorkspace();
    const others = [{ cookie: await signedIn(app, ada.email) }, { cookie: await signedIn(app, ada.email) }];
    await app.database.rows(
      `insert into membership (workspace_id, person_id, role) values ('${elsewhere}', '${ada.id}', 'viewer');
       update session set workspace_id = '${elsewhere}' where id =
         (select id from session where person_id = '${ada.id}' order by created_at desc limit 1)`,
    );
    for (const as of others) expect(await is(as)).toBe(200);
    const open = await fetch(`${app.url}/api/v1/events/stream`, { headers: others[0] as { cookie: string } });
    const ended = open.text().then(() => 'ended');
    expect((await change()).status).toBe(200);
    expect(await Promise.race([ended, sleep(1_000, 'open', { ref: false })])).toBe('ended');
    expect(await Promise.all(others.map(is))).toEqual([401, 401]);
    expect(await is(ada.as)).toBe(200);
    expect([await signInStatus(ada.email, password), await signInStatus(ada.email, newPassword)]).toEqual([401, 200]);
  });

  test.each([
    ['the wrong one', newPassword, 'not the password', 'password'],
    ['one that is easily guessed', 'passwordpassword1', password, 'newPassword'],
    ['a short one', 'short', password, 'newPassword'],
    ['the one there is', password, password, 'newPassword'],
  ])('is not changed with %s, and says where', async (_, next, current, path) => {
    const { status, body } = await change(next, current);
    expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 400, path });
    expect(await signInStatus(ada.email, password)).toBe(200);
  });

  test('cannot be guessed with a session that was stolen', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) statuses.push((await change(newPassword, `guess ${guess}`)).status);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });
});

describe('the account', () => {
  const remove = (who: TestPerson, secret = password) =>
    ask(app, 'POST /account/removal', { as: who.as, body: { password: secret } });

  test('is removed with the password, with all that it opened and made', async () => {
    const grace = await newPerson(app, workspaceId, 'admin');
    const { body } = await ask(app, 'POST /api-keys', { as: grace.as, body: { name: 'CI', role: 'viewer' } });
    const key = { authorization: `Bearer ${(body as { value?: string }).value}` };
    expect((await remove(grace, 'wrong')).status).toBe(400);
    expect((await remove(grace)).status).toBe(200);
    expect([await is(grace.as), await is(key), await signInStatus(grace.email, password)]).toEqual([401, 401, 401]);
    expect(await app.database.rows(`select id from person where id = '${grace.id}'`)).toEqual([]);
    const { body: told } = await ask(app, 'GET /events?type=person-removed', { as: ada.as });
    expect(told.items?.[0]).toMatchObject({ subjectName: grace.name, detail: { themselves: true, apiKeys: 1 } });
  });

  test('of the last owner stays, in whichever workspace that is, and nothing of it ends', async () => {
    expect((await remove(ada)).body.detail).toContain('last owner');
    const grace = await newPerson(app, workspaceId, 'viewer');
    const elsewhere = await app.newWorkspace();
    await app.database.rows(
      `insert into membership (workspace_id, person_id, role) values ('${elsewhere}', '${grace.id}', 'owner')`,
    );
    expect((await remove(grace)).status).toBe(422);
    expect(await is(grace.as)).toBe(200);
  });

  test('of one of two owners is removed when both try at once', async () => {
    const grace = await newPerson(app, workspaceId, 'owner');
    const answers = await Promise.all([remove(ada), remove(grace)]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 422]);
  });
});

test('an API key has no account of its own', async () => {
  const as = { authorization: `Bearer ${await app.keyOf(workspaceId, 'owner')}` };
  expect((await ask(app, 'PATCH /account', { as, body: { name: 'x' } })).status).toBe(422);
  expect((await ask(app, 'POST /account/removal', { as, body: { password } })).status).toBe(422);
});
