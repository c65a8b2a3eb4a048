import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { ask, type Credential, newPerson, signedIn, soonMs, type TestPerson } from '../http/test-people.ts';
import { redirectUrl, setProvider, settingsFor, signInAt } from '../http/test-sso.ts';
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { connect, patchOf, type Scim, scimWith, userOf } from './test-scim.ts';

let app: TestApp;
let provider: IdentityProvider;
let workspaceId: string;
let owner: TestPerson;
let providerId: string;
let scim: Scim;
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
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  providerId = await setProvider(app, owner.as, settingsFor(provider, { makesAccounts: false }));
  scim = scimWith(app, await connect(app, owner.as));
});

let count = 0;
const login = () => `grace${(count += 1)}`;
async function made(more: object = {}, name = login()) {
  const { status, body } = await scim('POST /Users', userOf(name, more));
  expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined });
  return { ...body, login: name, email: `${name}@example.com` };
}
async function group(displayName: string, ids: string[], more: object = {}) {
  const { status, body } = await scim('POST /Groups', {
    displayName,
    members: ids.map((value) => ({ value })),
    ...more,
  });
  expect({ status, detail: body.detail }).toEqual({ status: 201, detail: undefined });
  return body;
}
const member = async (id: string) =>
  (
    await app.database.rows(
      `select role, disabled_at is not null as out from membership where workspace_id = '${workspaceId}' and person_id = '${id}'`,
    )
  )[0];
const events = (type: string) =>
  app.database.rows(`select actor, on_behalf_of, origin, detail, subject_name from event
    where type = '${type}' and workspace_id = '${workspaceId}' order by id`);
async function comes({ login: name, email }: { login: string; email: string }, more: object = {}) {
  provider.users.set(name, { email, email_verified: true, name: 'Grace Hopper', groups: ['choir'], ...more });
  return signInAt({ app, provider, providerId }, name);
}
const whoIs = async (as: Credential) => {
  const { status, body } = await ask(app, 'GET /session', { as });
  return status === 200 ? (body as { role: string; caller: { person: { id: string } } }) : status;
};

describe('whom the directory makes', () => {
  test('gets an account without a passphrase, waits for a group, and comes in by single sign-on as the same person', async () => {
    const grace = await made();
    expect(await member(grace.id)).toEqual({ role: 'member', out: true });
    expect((await comes(grace)).status).toBe(403);
    await group('ops', [grace.id]);
    expect(await member(grace.id)).toEqual({ role: 'operator', out: false });
    // What the provider claims of groups is passed over: the directory knows.
    const { as } = await comes(grace);
    expect(await whoIs(as)).toMatchObject({ role: 'operator', caller: { person: { id: grace.id } } });
    expect(await events('person-joined')).toMatchObject([
      { actor: { kind: 'directory', name: 'Okta' }, on_behalf_of: null, detail: { letIn: false, by: 'directory' } },
    ]);
    expect(await events('person-role-changed')).toMatchObject([{ detail: { from: 'member', to: 'operator' } }]);
  });

  test('comes in with the role for everyone else where there is one, and has the highest of several', async () => {
    await setProvider(app, owner.as, settingsFor(provider, { defaultRole: 'viewer' }));
    const grace = await made();
    expect(await member(grace.id)).toEqual({ role: 'viewer', out: false });
    const platform = await group('platform', [grace.id]);
    await group('ops', [grace.id]);
    expect((await member(grace.id))?.['role']).toBe('admin');
    expect((await scim(`DELETE /Groups/${platform.id}`)).status).toBe(204);
    expect((await member(grace.id))?.['role']).toBe('operator');
  });

  test('has the role of a group by its externalId too, and follows its names and the mapping', async () => {
    const grace = await made();
    const some = await group('Some people', [grace.id], { externalId: 'ops' });
    expect((await member(grace.id))?.['role']).toBe('operator');
    await scim(`PATCH /Groups/${some.id}`, patchOf({ op: 'replace', value: { displayName: 'platform' } }));
    expect((await member(grace.id))?.['role']).toBe('admin');
    await setProvider(app, owner.as, settingsFor(provider, { groupRoles: [{ group: 'ops', role: 'viewer' }] }));
    expect((await member(grace.id))?.['role']).toBe('viewer');
  });

  test('is out within a second once deactivated: session, stream and key; and in again once activated', async () => {
    const grace = await made();
    await group('platform', [grace.id]);
    const { as } = await comes(grace);
    const { body } = await ask(app, 'POST /api-keys', { as, body: { name: 'CI', role: 'viewer' } });
    const key = { authorization: `Bearer ${body['value'] as string}` };
    const response = await fetch(`${app.url}/api/v1/events/stream`, { headers: as });
    expect(response.status).toBe(200);
    const ended = response.text().then(() => 'ended');
    expect(
      (await scim(`PATCH /Users/${grace.id}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }))).body,
    ).toMatchObject({ active: false });
    expect(await Promise.race([ended, sleep(soonMs, 'open', { ref: false })])).toBe('ended');
    expect(await whoIs(as)).toBe(401);
    expect(await whoIs(key)).toBe(401);
    expect((await comes(grace)).body.detail).toContain('turned off');
    expect(await events('person-disabled')).toMatchObject([
      { actor: { kind: 'directory' }, detail: { why: 'inactive', sessions: 1, apiKeys: 1 } },
    ]);
    expect(await events('person-updated')).toMatchObject([
      { detail: { before: { active: true }, after: { active: false } } },
    ]);
    await scim(`PATCH /Users/${grace.id}`, patchOf({ op: 'replace', value: { active: true } }));
    expect(await whoIs((await comes(grace)).as)).toMatchObject({ role: 'admin' });
  });

  test('is out of this workspace alone when deleted, and gone where it was the only one', async () => {
    const grace = await made();
    const elsewhere = await app.newWorkspace();
    await app.database.rows(
      `insert into membership (workspace_id, person_id, role) values ('${elsewhere}', '${grace.id}', 'viewer')`,
    );
    const ada = await made();
    await group('ops', [grace.id, ada.id]);
    const { as } = await comes(ada);
    for (const { id } of [grace, ada]) expect((await scim(`DELETE /Users/${id}`)).status).toBe(204);
    expect(await whoIs(as)).toBe(401);
    expect(await app.database.rows(`select workspace_id from membership where person_id = '${grace.id}'`)).toEqual([
      { workspace_id: elsewhere },
    ]);
    expect(await app.database.rows(`select id from person where id in ('${grace.id}', '${ada.id}')`)).toEqual([
      { id: grace.id },
    ]);
    expect((await scim(`GET /Users/${ada.id}`)).status).toBe(404);
    expect((await scim('GET /Groups')).body.Resources).toMatchObject([{ members: [] }]);
    expect((await events('person-removed'))[1]).toMatchObject({
      actor: { kind: 'directory' },
      detail: { role: 'operator' },
    });
  });

  test('follows the directory in name and address, while the account is its own', async () => {
    const grace = await made();
    const change = patchOf({
      op: 'replace',
      value: { displayName: 'Rear Admiral', emails: [{ value: `${grace.login}.h@example.com`, primary: true }] },
    });
    expect((await scim(`PATCH /Users/${grace.id}`, change)).status).toBe(200);
    const account = () => app.database.rows(`select name, email from person where id = '${grace.id}'`);
    expect(await account()).toEqual([{ name: 'Rear Admiral', email: `${grace.login}.h@example.com` }]);
    await app.database.rows(
      `insert into membership (workspace_id, person_id, role) values ('${await app.newWorkspace()}', '${grace.id}', 'viewer')`,
    );
    await scim(
      `PATCH /Users/${grace.id}`,
      patchOf({ op: 'replace', value: { displayName: 'X', 'emails[primary eq true].value': 'mallory@example.com' } }),
    );
    expect(await account()).toEqual([{ name: 'Rear Admiral', email: `${grace.login}.h@example.com` }]);
  });
});

describe('a member who was there before', () => {
  test('is taken over by their address, keeps their role until they are in a group, and their name and passphrase', async () => {
    const ada = await newPerson(app, workspaceId, 'admin');
    const { status, body } = await scim(
      'POST /Users',
      userOf('ada', { userName: ada.email, emails: [], displayName: 'Other' }),
    );
    expect({ status, id: body.id }).toEqual({ status: 201, id: ada.id });
    expect(await whoIs(ada.as)).toMatchObject({ role: 'admin' });
    const everyone = await group('everyone', [ada.id]);
    expect(await whoIs(ada.as)).toMatchObject({ role: 'viewer', caller: { person: { name: ada.name } } });
    await scim(`PATCH /Groups/${everyone.id}`, patchOf({ op: 'remove', path: `members[value eq "${ada.id}"]` }));
    expect(await whoIs(ada.as)).toBe(401);
    expect(await member(ada.id)).toEqual({ role: 'viewer', out: true });
    await scim(`PUT /Groups/${everyone.id}`, { displayName: 'everyone', members: [{ value: ada.id }] });
    expect(await signedIn(app, ada.email)).toContain('clawster-session');
  });

  test('of the directory is changed by hand only where that holds', async () => {
    const grace = await made();
    await group('ops', [grace.id]);
    const by = (line: `${'POST' | 'PATCH'} /${string}`, body: object = {}) => ask(app, line, { as: owner.as, body });
    expect(await by(`PATCH /people/${grace.id}`, { role: 'viewer' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('groups in Okta') },
    });
    // What an owner disabled, the directory does not enable.
    expect((await by(`POST /people/${grace.id}/disable`)).status).toBe(200);
    for (const active of [false, true])
      await scim(`PATCH /Users/${grace.id}`, patchOf({ op: 'replace', path: 'active', value: active }));
    expect((await member(grace.id))?.['out']).toBe(true);
    expect((await by(`POST /people/${grace.id}/enable`)).status).toBe(200);
    // What the directory deactivated, no owner enables, but may disable for good.
    await scim(`PATCH /Users/${grace.id}`, patchOf({ op: 'replace', path: 'active', value: false }));
    expect(await by(`POST /people/${grace.id}/enable`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('deactivated in Okta') },
    });
    expect((await by(`POST /people/${grace.id}/disable`)).status).toBe(200);
    expect((await by(`POST /people/${grace.id}/disable`)).status).toBe(409);
    await scim(`PATCH /Users/${grace.id}`, patchOf({ op: 'replace', path: 'active', value: true }));
    expect((await member(grace.id))?.['out']).toBe(true);
    const { body } = await ask(app, 'GET /people', { as: owner.as });
    expect(body.items?.find(({ id }) => id === grace.id)).toMatchObject({
      directory: { name: 'Okta', standing: 'active', followsGroups: true },
    });
  });
});
