import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { ask, newPerson, type TestPerson } from '../http/test-people.ts';
import { redirectUrl, setProvider, settingsFor } from '../http/test-sso.ts';
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { connect, patchOf, type Scim, scimWith, userOf } from './test-scim.ts';

// The requests are those that Okta and Microsoft Entra ID document for their SCIM clients, with other names.

let app: TestApp;
let provider: IdentityProvider;
let scim: Scim;
let owner: TestPerson;
let workspaceId: string;
beforeAll(async () => {
  app = await testApp();
  provider = await startIdentityProvider([redirectUrl]);
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
let count = 0;
let name: string;
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  await setProvider(app, owner.as, settingsFor(provider));
  scim = scimWith(app, await connect(app, owner.as));
  name = `test${(count += 1)}`;
});
const error = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] };
const listed = { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'] };

test('as Okta does it: found, made, read, listed, replaced, deactivated, put into groups and taken out', async () => {
  const email = `${name}@example.com`;
  const search = `GET /Users?filter=userName%20eq%20%22${encodeURIComponent(email)}%22&startIndex=1&count=100` as const;
  expect((await scim(search)).body).toEqual({
    ...listed,
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
  const profile = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: email,
    name: { givenName: 'Test', familyName: 'User' },
    emails: [{ primary: true, value: email, type: 'work' }],
    displayName: 'Test User',
    locale: 'en-US',
    externalId: '00ujl29u0le5T6Aj10h7',
    groups: [],
    password: '1mz050nq',
    active: true,
  };
  const made = await scim('POST /Users', profile);
  expect(made.status).toBe(201);
  expect(made.headers.get('content-type')).toBe('application/scim+json');
  expect(made.headers.get('location')).toBe(made.body.meta?.location);
  const { locale: _locale, password: _password, groups: _groups, ...kept } = profile;
  expect(made.body).toMatchObject({ ...kept, meta: { resourceType: 'User', version: 'W/"1"' } });
  expect(JSON.stringify(made.body)).not.toContain('1mz050nq');
  expect(
    await app.database.rows(`select 1 as found from event where detail::text like '%1mz050nq%'
    union all select 1 from directory_user where attributes::text like '%1mz050nq%'`),
  ).toEqual([]);
  const { id } = made.body;
  expect((await scim(search)).body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
  expect((await scim('GET /Users?startIndex=1&count=2')).body).toMatchObject({ totalResults: 1, itemsPerPage: 1 });
  expect(await scim('POST /Users', profile)).toMatchObject({
    status: 409,
    body: { ...error, status: '409', scimType: 'uniqueness' },
  });

  const changed = {
    ...profile,
    id,
    name: { givenName: 'Another', familyName: 'User' },
    displayName: undefined,
    meta: { resourceType: 'User' },
  };
  const put = await scim(`PUT /Users/${id}`, changed);
  expect(put).toMatchObject({ status: 200, body: { name: { givenName: 'Another' }, meta: { version: 'W/"2"' } } });
  expect(put.body['displayName']).toBeUndefined();
  // The same again is no change, and no event.
  const events = () => app.database.rows(`select id from event where subject_id = '${id}'`);
  const before = (await events()).length;
  expect((await scim(`PUT /Users/${id}`, changed)).body.meta?.version).toBe('W/"2"');
  expect((await events()).length).toBe(before);

  const group = await scim('POST /Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'ops',
    members: [],
  });
  expect(group).toMatchObject({ status: 201, body: { displayName: 'ops', members: [] } });
  const at = `/Groups/${group.body.id}` as const;
  await scim(`PATCH ${at}`, patchOf({ op: 'replace', value: { id: group.body.id, displayName: 'ops' } }));
  const put2 = await scim(
    `PATCH ${at}`,
    patchOf({ op: 'add', path: 'members', value: [{ value: id, display: email }] }),
  );
  expect(put2.body['members']).toEqual([{ value: id, display: email, type: 'User', $ref: made.body.meta?.location }]);
  expect((await scim(`GET /Users/${id}`)).body['groups']).toEqual([{ value: group.body.id, display: 'ops' }]);
  expect((await scim('GET /Groups?startIndex=1&count=100')).body).toMatchObject({
    totalResults: 1,
    Resources: [{ members: [{ value: id }] }],
  });
  await scim(`PATCH ${at}`, patchOf({ op: 'remove', path: `members[value eq "${id}"]` }));
  expect((await scim(`GET ${at}`)).body['members']).toEqual([]);

  expect((await scim(`PATCH /Users/${id}`, patchOf({ op: 'replace', value: { active: false } }))).body).toMatchObject({
    active: false,
  });
  expect(await scim(`DELETE ${at}`)).toMatchObject({ status: 204, body: {} });
  expect(await scim(`GET ${at}`)).toMatchObject({ status: 404, body: { ...error, status: '404' } });
});

test('as Microsoft Entra ID does it: tested, made with an extension, patched in capitals, disabled by a text, deleted', async () => {
  const email = `${name}@example.com`;
  const nobody = await scim('GET /Users?filter=userName+eq+%22non-existent-4f6c%22');
  expect(nobody).toMatchObject({ status: 200, body: { ...listed, totalResults: 0, Resources: [] } });
  const { status, body } = await scim('POST /Users', {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ],
    externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
    userName: email,
    active: true,
    emails: [{ primary: true, type: 'work', value: email }],
    meta: { resourceType: 'User' },
    name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Navy' },
    roles: [],
  });
  expect(status).toBe(201);
  const { id } = body;
  for (const filter of [
    'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
    `emails[type eq "work"].value eq "${email}"`,
  ])
    expect((await scim(`GET /Users?filter=${encodeURIComponent(filter)}`)).body.Resources).toMatchObject([{ id }]);
  const multi = await scim(
    `PATCH /Users/${id}`,
    patchOf(
      { op: 'Replace', path: 'emails[type eq "work"].value', value: `updated.${email}` },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'Army' },
      { op: 'Add', path: 'phoneNumbers[type eq "work"].value', value: '555' },
    ),
  );
  expect(multi).toMatchObject({
    status: 200,
    body: { name: { familyName: 'updatedFamilyName' }, emails: [{ value: `updated.${email}` }] },
  });
  expect(
    (await scim(`PATCH /Users/${id}`, patchOf({ op: 'Replace', path: 'userName', value: `new.${email}` }))).body[
      'userName'
    ],
  ).toBe(`new.${email}`);
  expect(
    (await scim(`PATCH /Users/${id}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }))).body['active'],
  ).toBe(false);

  const group = await scim('POST /Groups', {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ],
    externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
    displayName: 'ops',
    meta: { resourceType: 'Group' },
  });
  expect(group.status).toBe(201);
  const at = `/Groups/${group.body.id}` as const;
  const one = await scim(`GET ${at}?excludedAttributes=members`);
  expect(one.body).toMatchObject({ displayName: 'ops' });
  expect(one.body).not.toHaveProperty('members');
  const byName = await scim('GET /Groups?excludedAttributes=members&filter=displayName+eq+%22ops%22');
  expect(byName.body.Resources).toMatchObject([{ id: group.body.id }]);
  await scim(`PATCH ${at}`, patchOf({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }));
  expect((await scim(`GET ${at}`)).body['members']).toMatchObject([{ value: id }]);
  await scim(`PATCH ${at}`, patchOf({ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }));
  expect((await scim(`GET ${at}`)).body['members']).toEqual([]);
  await scim(`PATCH ${at}`, patchOf({ op: 'Replace', path: 'displayName', value: 'ops 2' }));
  expect((await scim(`GET ${at}`)).body['displayName']).toBe('ops 2');
  expect((await scim(`DELETE /Users/${id}`)).status).toBe(204);
  expect((await scim(`DELETE /Users/${id}`)).status).toBe(404);
});

describe('the rest of the protocol', () => {
  test('what there is, is said', async () => {
    expect((await scim('GET /ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      etag: { supported: true },
    });
    expect((await scim('GET /ResourceTypes')).body.Resources).toMatchObject([
      { id: 'User', endpoint: '/Users' },
      { id: 'Group', endpoint: '/Groups' },
    ]);
    expect((await scim('GET /Schemas')).body.totalResults).toBe(2);
    const { body } = await scim('GET /Schemas/urn:ietf:params:scim:schemas:core:2.0:User');
    expect(body['attributes']).toContainEqual(
      expect.objectContaining({ name: 'userName', required: true, uniqueness: 'server' }),
    );
    expect((await scim('GET /ResourceTypes/Shoe')).status).toBe(404);
  });

  test('a list comes in pages, numbered from one', async () => {
    for (let index = 0; index < 5; index += 1) await scim('POST /Users', userOf(`${name}-${index}`));
    const { body } = await scim('GET /Users?startIndex=4&count=3');
    expect(body).toMatchObject({ totalResults: 5, startIndex: 4, itemsPerPage: 2 });
    expect(body.Resources?.map(({ userName }) => userName)).toEqual(
      [3, 4].map((index) => `${name}-${index}@example.com`),
    );
    expect((await scim('GET /Users?startIndex=-7&count=1')).body).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    expect((await scim('GET /Users?count=0')).body).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
    expect((await scim('GET /Users?startIndex=99999999999999999999')).body).toMatchObject({
      totalResults: 5,
      itemsPerPage: 0,
    });
    expect((await scim('GET /Users?count=many')).body).toMatchObject({ status: '400', scimType: 'invalidValue' });
    const searched = await scim('POST /Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: `userName sw "${name}-"`,
      attributes: ['userName', 'name.givenName'],
      startIndex: 2,
      count: 1,
    });
    expect(searched.body).toMatchObject({ totalResults: 5, startIndex: 2, itemsPerPage: 1 });
    expect(Object.keys(searched.body.Resources?.[0] ?? {}).toSorted()).toEqual(['id', 'name', 'schemas', 'userName']);
    expect(searched.body.Resources?.[0]?.['name']).toEqual({ givenName: `${name}-1` });
  });

  test('a change that was meant for another version is refused', async () => {
    const { body, headers } = await scim('POST /Users', userOf(name));
    const etag = headers.get('etag') ?? '';
    const rename = (displayName: string, ifMatch: string) =>
      scim(`PATCH /Users/${body.id}`, patchOf({ op: 'replace', value: { displayName } }), { 'if-match': ifMatch });
    expect((await rename('One', etag)).status).toBe(200);
    expect(await rename('Two', etag)).toMatchObject({ status: 412, body: { status: '412' } });
    expect((await rename('Two', '*')).status).toBe(200);
    expect((await scim(`DELETE /Users/${body.id}`, undefined, { 'if-match': etag })).status).toBe(412);
    expect((await scim(`GET /Users/${body.id}`)).body['displayName']).toBe('Two');
  });

  test('several who make the same at once make one', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => scim('POST /Users', userOf(name))));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      201, 409, 409, 409, 409,
    ]);
    const groups = await Promise.all(Array.from({ length: 5 }, () => scim('POST /Groups', { displayName: name })));
    expect(groups.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 409, 409, 409, 409]);
  });

  test('what people and the directory do at once neither fails nor waits in a ring', async () => {
    const second = await newPerson(app, workspaceId, 'owner');
    const { body: other } = await scim('POST /Users', userOf('x', { userName: second.email, emails: [] }));
    const { body: user } = await scim('POST /Users', userOf(name));
    const { body: group } = await scim('POST /Groups', { displayName: 'ops' });
    const answers: { status: number; body: { detail?: string } }[] = [];
    const said = async (answer: Promise<{ status: number; body: { detail?: string } }>) =>
      void answers.push(await answer);
    const toggled = (active: boolean) => patchOf({ op: 'replace', value: { active } });
    const moved = (op: string) => patchOf({ op, path: 'members', value: [{ value: user.id }, { value: other.id }] });
    for (let round = 0; round < 8; round += 1)
      await Promise.all([
        said(scim(`PATCH /Users/${user.id}`, toggled(round % 2 === 0))),
        said(scim(`PATCH /Users/${other.id}`, toggled(round % 2 === 1))),
        said(scim(`PATCH /Groups/${group.id}`, moved(round % 2 === 0 ? 'add' : 'remove'))),
        said(ask(app, `POST /people/${other.id}/${round % 2 === 0 ? 'disable' : 'enable'}`, { as: owner.as })),
        said(ask(app, `POST /people/${owner.id}/disable`, { as: second.as })),
        said(ask(app, 'POST /directory/rotate', { as: owner.as, body: {} })),
        said(ask(app, 'PUT /sso', { as: owner.as, body: settingsFor(provider) })),
        said(scim('POST /Users', userOf(`${name}-${round}`))),
      ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(8);
  });

  test('of members put in at once by many none is lost', async () => {
    const users = await Promise.all([1, 2, 3, 4].map((one) => scim('POST /Users', userOf(`${name}-${one}`))));
    const { body: group } = await scim('POST /Groups', { displayName: name });
    await Promise.all(
      users.map(({ body }) =>
        scim(`PATCH /Groups/${group.id}`, patchOf({ op: 'add', path: 'members', value: { value: body.id } })),
      ),
    );
    expect((await scim(`GET /Groups/${group.id}`)).body['members']).toHaveLength(4);
  });
});
