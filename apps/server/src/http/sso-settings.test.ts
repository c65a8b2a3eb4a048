import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { builtInRoles } from '@clawster/contract/permission-list';
import { isWithin, roleMatrix } from '@clawster/domain/role/role';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, type TestPerson } from './test-people.ts';
import { begin, redirectUrl, setProvider, settingsFor } from './test-sso.ts';

let app: TestApp;
let provider: IdentityProvider;
let workspaceId: string;
let owner: TestPerson;
beforeAll(async () => {
  app = await testApp();
  provider = await startIdentityProvider([redirectUrl]);
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});

const set = (more: object = {}, as = owner.as) => ask(app, 'PUT /sso', { as, body: settingsFor(provider, more) });
const show = async (as = owner.as) =>
  (await ask(app, 'GET /sso', { as })).body as { provider?: Record<string, unknown>; redirectUrl?: string };
const offers = async () => (await ask(app, 'GET /sso/offers')).body.items ?? [];

test('a provider is set, shown, offered and removed', async () => {
  expect(await show()).toEqual({ redirectUrl });
  const { status, body } = await set();
  expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
  const { clientSecret: _, ...settings } = settingsFor(provider);
  expect(await show()).toMatchObject({ provider: settings });
  expect(await offers()).toContainEqual({ id: body['id'], name: 'Acme' });
  expect((await ask(app, 'POST /sso/test', { as: owner.as, body: {} })).body).toMatchObject({ ok: true });
  expect((await ask(app, 'DELETE /sso', { as: owner.as })).status).toBe(200);
  expect(await show()).toEqual({ redirectUrl });
  expect(await offers()).not.toContainEqual({ id: body['id'], name: 'Acme' });
  expect(await app.database.rows(`select id from secret where workspace_id = '${workspaceId}'`)).toEqual([]);
  expect((await begin(app, body['id'] as string)).status).toBe(404);
});

test('a change is told with before and after, and the secret masked', async () => {
  const id = await setProvider(app, owner.as, settingsFor(provider));
  expect((await set({ clientSecret: undefined, name: 'Acme Inc', defaultRole: 'viewer' })).body['id']).toBe(id);
  const told = await app.database.rows(`select type, detail from event where subject_id = '${id}' order by id`);
  expect(told).toMatchObject([
    { type: 'sso-set', detail: { after: { issuer: provider.issuer, clientSecret: '(secret)' } } },
    {
      detail: {
        changed: ['name', 'defaultRole'],
        before: { name: 'Acme' },
        after: { name: 'Acme Inc', defaultRole: 'viewer' },
      },
    },
  ]);
});

test.each([
  ['an issuer in the clear', { issuer: 'http://login.example.com' }, 'issuer', 'https://'],
  ['a metadata service', { issuer: 'https://169.254.169.254' }, 'issuer', 'does not connect'],
  ['a name nobody has', { issuer: 'https://login.invalid' }, 'issuer', 'spelling'],
  ['a wrong secret', { clientSecret: 'wrong' }, 'clientSecret', 'does not know this client id'],
  ['an unknown client', { clientId: 'another' }, 'clientSecret', 'does not know this client id'],
  ['no domain', { emailDomains: [] }, 'emailDomains', 'at least one'],
  [
    'a group named twice',
    {
      groupRoles: [
        { group: 'a', role: 'viewer' },
        { group: 'a', role: 'admin' },
      ],
    },
    'groupRoles',
    'once',
  ],
  ['scopes without openid', { scopes: ['email'] }, 'scopes', 'openid'],
  ['no secret at first', { clientSecret: undefined }, 'clientSecret', 'Enter the client secret'],
])('%s is refused at its field, and nothing is saved', async (_, more, path, sentence) => {
  const { status, body } = await set(more);
  expect({ status, issue: body.issues?.[0] }).toEqual({
    status: 400,
    issue: { path, message: expect.stringContaining(sentence) },
  });
  expect(await show()).toEqual({ redirectUrl });
});

test('an issuer that is not there is refused', async () => {
  const { issuer, stop } = await fakeIssuer(() => undefined);
  await stop();
  expect((await set({ issuer })).body.issues?.[0]).toMatchObject({
    path: 'issuer',
    message: expect.stringContaining('refuses connections'),
  });
});

test('the stored secret goes to no other issuer or client', async () => {
  await set();
  let asked = 0;
  const { issuer, stop } = await fakeIssuer((_, response) => {
    asked += 1;
    response.end('{}');
  });
  for (const more of [{ issuer }, { clientId: 'another' }])
    expect((await set({ ...more, clientSecret: undefined })).body.issues?.[0]).toMatchObject({ path: 'clientSecret' });
  expect(asked).toBe(0);
  await stop();
});

describe('what is no provider is told apart', () => {
  const json =
    (value: (issuer: string) => object): RequestListener =>
    (request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value(`http://${request.headers.host}`)));
    };
  const endpoints = (issuer: string) => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
  });
  test.each<[string, RequestListener, string]>([
    ['a web page', (_, response) => response.setHeader('content-type', 'text/html').end('<html>'), 'page'],
    ['nothing there', (_, response) => response.writeHead(404).end(), 'no OpenID Connect discovery'],
    [
      'a way elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      'no OpenID Connect discovery',
    ],
    ['another name', json(() => endpoints('https://evil.example')), 'calls itself otherwise'],
    [
      'far too much',
      (_, response) => response.setHeader('content-type', 'application/json').end(`"${'x'.repeat(2_000_000)}"`),
      'far more',
    ],
    [
      'a script for the browser',
      json((issuer) => ({ ...endpoints(issuer), authorization_endpoint: 'javascript:alert(1)' })),
      'authorization_endpoint',
    ],
    [
      'a token endpoint inside',
      json((issuer) => ({ ...endpoints(issuer), token_endpoint: 'https://169.254.169.254/latest' })),
      'does not connect',
    ],
    ['one in the clear', json((issuer) => ({ ...endpoints(issuer), token_endpoint: 'http://10.0.0.7/' })), 'https://'],
    ['no keys', json((issuer) => ({ ...endpoints(issuer), jwks_uri: undefined })), 'jwks_uri'],
  ])('%s', async (_, listener, sentence) => {
    const { issuer, stop } = await fakeIssuer(listener);
    const { status, body } = await set({ issuer });
    expect({ status, issue: body.issues?.[0] }).toEqual({
      status: 400,
      issue: { path: 'issuer', message: expect.stringContaining(sentence) },
    });
    await stop();
  });

  test('where private addresses are closed, one on this machine is as well', async () => {
    app.plane.settings.allowPrivateAddresses = false;
    expect((await set()).body.issues?.[0]).toMatchObject({ message: expect.stringContaining('private network') });
    app.plane.settings.allowPrivateAddresses = true;
  });
});

async function fakeIssuer(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

test('nobody maps a group to a role above their own, nor changes what somebody above them set up', async () => {
  let tried = 0;
  let letIn = 0;
  for (const role of builtInRoles) {
    const by = await newPerson(app, workspaceId, role);
    for (const granted of builtInRoles) {
      for (const more of [
        { groupRoles: [{ group: 'all', role: granted }] },
        { groupRoles: [], defaultRole: granted },
      ]) {
        const { status, body } = await set(more, by.as);
        if ((role === 'owner' || role === 'admin') && isWithin(roleMatrix[granted], roleMatrix[role])) {
          expect(status, body.detail).toBe(200);
          await ask(app, 'DELETE /sso', { as: owner.as });
          continue;
        }
        tried += 1;
        if (status === 200) letIn += 1;
      }
    }
  }
  await set();
  const admin = await newPerson(app, workspaceId, 'admin');
  const key = { authorization: `Bearer ${await app.keyOf(workspaceId, 'owner', ['person:manage'])}` };
  for (const answer of [set({}, admin.as), ask(app, 'DELETE /sso', { as: admin.as }), set({}, key)]) {
    tried += 1;
    if ((await answer).status === 200) letIn += 1;
  }
  process.stdout.write(`single sign-on above oneself: tried ${tried}, let in ${letIn}\n`);
  expect(letIn).toBe(0);
});

test('the provider of another workspace is neither seen nor changed', async () => {
  await set();
  const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await show(stranger.as)).provider).toBeUndefined();
  expect((await ask(app, 'DELETE /sso', { as: stranger.as })).status).toBe(404);
  expect((await ask(app, 'POST /sso/test', { as: stranger.as, body: {} })).status).toBe(404);
  expect((await show()).provider).toBeDefined();
});
