import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, type Credential, newPerson, signedIn, password, type TestPerson } from './test-people.ts';
import { redirectUrl, setProvider, settingsFor, signInAt } from './test-sso.ts';

let app: TestApp;
let provider: IdentityProvider;
let workspaceId: string;
let owner: TestPerson;
let providerId: string;
beforeAll(async () => {
  app = await testApp();
  provider = await startIdentityProvider([redirectUrl]);
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  await app.database.rows('delete from sign_in_attempt');
  provider.users.clear();
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  providerId = await setProvider(app, owner.as, settingsFor(provider));
});

let count = 0;
function newUser(more: object = {}): { login: string; email: string } {
  const login = `grace${(count += 1)}`;
  const email = `${login}@example.com`;
  provider.users.set(login, { email, email_verified: true, name: 'Grace Hopper', groups: ['ops', 'choir'], ...more });
  return { login, email };
}
const come = (login: string) => signInAt({ app, provider, providerId }, login);
const change = (login: string, more: object) => provider.users.set(login, { ...provider.users.get(login), ...more });
type Me = { role: string; caller: { person: { id: string; name: string; email: string } } };
const whoIs = async (as: Credential) => (await ask(app, 'GET /session', { as })).body as unknown as Me;
const events = (type: string) =>
  app.database.rows(`select actor, detail, subject_name from event
    where type = '${type}' and workspace_id = '${workspaceId}' order by id`);

describe('whoever the provider vouches for', () => {
  test('gets an account and a session, with the role of their groups', async () => {
    const { login, email } = newUser();
    const { status, body, as } = await come(login);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    const me = await whoIs(as);
    expect(me).toMatchObject({
      role: 'operator',
      workspace: { id: workspaceId },
      caller: { person: { email, name: 'Grace Hopper' } },
    });
    expect(await events('person-joined')).toMatchObject([{ detail: { role: 'operator', provider: 'Acme' } }]);
    expect((await events('session-opened')).at(-1)).toMatchObject({
      actor: { name: 'Grace Hopper' },
      detail: { by: 'sso' },
    });
  });

  test('is the same person the next time, whatever their address is by then', async () => {
    const { login } = newUser();
    const first = await whoIs((await come(login)).as);
    change(login, { email: 'married@elsewhere.example', email_verified: false });
    expect((await whoIs((await come(login)).as)).caller.person.id).toBe(first.caller.person.id);
  });

  test('has the role of their groups from the next sign-in on, and keys above it end', async () => {
    const { login } = newUser({ groups: ['platform'] });
    const { as } = await come(login);
    const key = (await ask(app, 'POST /api-keys', { as, body: { name: 'CI', role: 'admin' } })).body as Record<
      string,
      string
    >;
    change(login, { groups: ['everyone'] });
    expect((await whoIs((await come(login)).as)).role).toBe('viewer');
    expect((await whoIs(as)).role).toBe('viewer');
    expect((await ask(app, 'GET /session', { as: { authorization: `Bearer ${key['value']}` } })).status).toBe(401);
    expect(await events('person-role-changed')).toMatchObject([
      { detail: { from: 'admin', to: 'viewer', by: 'sso', apiKeys: 1 } },
    ]);
    const since = `select 1 from membership where workspace_id = '${workspaceId}' and role = 'viewer' and role_since > created_at`;
    expect(await app.database.rows(since)).toHaveLength(1);
  });

  test('is given no role that may do more by now than who set the provider up could', async () => {
    workspaceId = await app.newWorkspace();
    owner = await newPerson(app, workspaceId, 'owner');
    await ask(app, 'POST /roles', { as: owner.as, body: { name: 'crew', permissions: ['bot:read', 'event:read'] } });
    const admin = await newPerson(app, workspaceId, 'admin');
    const groupRoles = [{ group: 'ops', role: 'crew' }];
    providerId = await setProvider(app, admin.as, settingsFor(provider, { groupRoles }));
    const { login } = newUser();
    expect((await whoIs((await come(login)).as)).role).toBe('crew');
    const wider = { permissions: ['bot:read', 'event:read', 'workspace:manage'] };
    expect((await ask(app, 'PATCH /roles/crew', { as: owner.as, body: wider })).status).toBe(200);
    expect((await come(login)).status).toBe(403);
    expect((await come(newUser().login)).status).toBe(403);
    await setProvider(app, owner.as, settingsFor(provider, { groupRoles }));
    expect((await come(login)).status).toBe(200);
  });

  test('in no mapped group any more, is refused and loses their sessions', async () => {
    const { login } = newUser();
    const { as } = await come(login);
    change(login, { groups: ['choir'] });
    const { status, body } = await come(login);
    expect({ status, detail: body.detail }).toMatchObject({
      status: 403,
      detail: expect.stringContaining('none of the groups'),
    });
    expect((await ask(app, 'GET /session', { as })).status).toBe(401);
    expect(await events('session-refused')).toMatchObject([{ detail: { sessions: 1, by: 'sso' } }]);
  });

  test('disabled by an owner, stays out', async () => {
    const { login } = newUser();
    const { id } = (await whoIs((await come(login)).as)).caller.person;
    expect((await ask(app, `POST /people/${id}/disable`, { as: owner.as, body: {} })).status).toBe(200);
    const { status, body } = await come(login);
    expect({ status, detail: body.detail }).toMatchObject({
      status: 403,
      detail: expect.stringContaining('turned off'),
    });
  });

  test('without a passphrase is told so where one is asked for, and no passphrase opens the account', async () => {
    const { login, email } = newUser();
    const { as } = await come(login);
    for (const line of [
      'POST /account/password',
      'POST /account/email',
      'POST /account/totp',
      'POST /account/removal',
    ] as const) {
      const { status, body } = await ask(app, line, { as, body: { password, newPassword: password, email } });
      expect({ line, status, detail: body.detail }).toMatchObject({
        status: 422,
        detail: expect.stringContaining('no passphrase'),
      });
    }
    for (const guess of [password, 'null', 'undefined', 'no account has this password'])
      expect((await ask(app, 'POST /sessions', { body: { email, password: guess } })).status).toBe(401);
    expect((await ask(app, 'PATCH /account', { as, body: { name: 'Amazing Grace' } })).status).toBe(200);
  });
});

describe('an account with a passphrase', () => {
  const member = async (role: 'owner' | 'admin' | 'viewer', more: object = {}) => {
    const person = await newPerson(app, workspaceId, role);
    return { person, login: newUser({ email: person.email, ...more }).login };
  };

  test('is linked by a verified address of an allowed domain, and keeps its passphrase', async () => {
    const { person, login } = await member('viewer');
    expect((await whoIs((await come(login)).as)).caller.person.id).toBe(person.id);
    expect(await events('person-identity-linked')).toMatchObject([{ detail: { issuer: provider.issuer } }]);
    expect(await signedIn(app, person.email)).toContain('clawster-session');
  });

  test.each([
    ['the address is not verified', { email_verified: false }, 'verified'],
    ['nothing is said of it', { email_verified: undefined }, 'verified'],
    ['that is said in another word', { email_verified: 'true' }, 'verified'],
  ])('is not linked when %s', async (_, more, sentence) => {
    const { login } = await member('viewer', more);
    const { status, body } = await come(login);
    expect({ status, detail: body.detail }).toMatchObject({ status: 403, detail: expect.stringContaining(sentence) });
    expect(await events('person-identity-linked')).toEqual([]);
  });

  test('is not linked when the domain is not allowed', async () => {
    await setProvider(app, owner.as, settingsFor(provider, { emailDomains: ['example.org'] }));
    const { login } = await member('viewer');
    expect((await come(login)).status).toBe(403);
  });

  test('that is linked is not given to whoever has the address next', async () => {
    const { person, login } = await member('viewer');
    expect((await come(login)).status).toBe(200);
    const { body } = await come(newUser({ email: person.email }).login);
    expect(body.detail).toContain('another user');
  });

  test('of another workspace is neither linked nor let in', async () => {
    const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
    const { status, body } = await come(newUser({ email: stranger.email }).login);
    expect({ status, detail: body.detail }).toMatchObject({
      status: 403,
      detail: expect.stringContaining('invitation'),
    });
  });

  test('of the last owner keeps its role, of one of two it does not', async () => {
    const login = newUser({ email: owner.email }).login;
    expect((await whoIs((await come(login)).as)).role).toBe('owner');
    await newPerson(app, workspaceId, 'owner');
    expect((await whoIs((await come(login)).as)).role).toBe('operator');
  });

  test('needs no second factor of ours where it comes by the provider, whose business that is', async () => {
    await newPerson(app, workspaceId, 'owner');
    await app.database.rows(
      `update workspace set second_factor_required_of = 'everyone', second_factor_required_since = now() - interval '9 days' where id = '${workspaceId}'`,
    );
    const grace = await newPerson(app, workspaceId, 'viewer');
    await app.database.rows(
      `update membership set role_since = now() - interval '9 days', created_at = now() - interval '9 days'`,
    );
    const { as } = await come(newUser({ email: grace.email }).login);
    expect((await ask(app, 'GET /bots', { as })).status).toBe(200);
    const byPassphrase = { cookie: await signedIn(app, grace.email) };
    expect((await ask(app, 'GET /bots', { as: byPassphrase })).status).toBe(403);
  });

  test('of an owner is not let in by a provider that an admin set up', async () => {
    expect((await ask(app, 'DELETE /sso', { as: owner.as })).status).toBe(200);
    const admin = await newPerson(app, workspaceId, 'admin');
    providerId = await setProvider(app, admin.as, settingsFor(provider));
    const { status, body } = await come(newUser({ email: owner.email }).login);
    expect({ status, detail: body.detail }).toMatchObject({
      status: 403,
      detail: expect.stringContaining('passphrase'),
    });
  });
});

test('without accounts made, only members come in', async () => {
  await setProvider(app, owner.as, settingsFor(provider, { makesAccounts: false }));
  const { status, body } = await come(newUser().login);
  expect({ status, detail: body.detail }).toMatchObject({ status: 403, detail: expect.stringContaining('no member') });
});

test('of several first sign-ins at once there is one account', async () => {
  const { login, email } = newUser();
  const answers = await Promise.all(Array.from({ length: 4 }, () => come(login)));
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect(answers.some(({ status }) => status === 200)).toBe(true);
  expect(await app.database.rows(`select id from person where email = '${email}'`)).toHaveLength(1);
});
