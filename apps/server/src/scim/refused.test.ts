import { randomBytes, randomUUID } from 'node:crypto';
import { allRoutes } from '@clawster/contract/api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { ask, attempts, newPerson, type TestPerson } from '../http/test-people.ts';
import { redirectUrl, setProvider, settingsFor } from '../http/test-sso.ts';
import { type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { connect, patchOf, type Scim, scimWith, userOf } from './test-scim.ts';

let app: TestApp;
let provider: IdentityProvider;
let workspaceId: string;
let owner: TestPerson;
let token: string;
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
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  await setProvider(app, owner.as, settingsFor(provider));
  token = await connect(app, owner.as);
  scim = scimWith(app, token);
});
let count = 0;
const login = () => `refused${(count += 1)}`;
const userFor = ({ email }: { email: string }) => userOf('x', { userName: email, emails: [] });
const refusedWith = (status: number, sentence: string, scimType?: string) => ({
  status,
  body: {
    detail: expect.stringContaining(sentence) as string,
    status: String(status),
    ...(scimType ? { scimType } : {}),
  },
});
const role = async (id: string) =>
  (await app.database.rows(`select role, disabled_at is not null as out from membership where person_id = '${id}'`))[0];

describe('nobody is brought in', () => {
  test('whose account belongs to another workspace', async () => {
    const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
    expect(await scim('POST /Users', userFor(stranger))).toMatchObject(refusedWith(409, 'invite them', 'uniqueness'));
    expect(
      await app.database.rows(`select workspace_id from membership where person_id = '${stranger.id}'`),
    ).toHaveLength(1);
  });
  test.each([
    ['of another domain', { userName: 'x@evil.example', emails: [] }, 'add the domain'],
    ['of a domain that ends alike', { userName: 'x@notexample.com', emails: [] }, 'add the domain'],
    ['with a second at sign', { userName: '"a@evil.example"@example.com', emails: [] }, 'Send an e-mail address'],
    ['without an address', { userName: 'x', emails: [] }, 'Send an e-mail address'],
  ])('%s', async (_, more, sentence) =>
    expect(await scim('POST /Users', userOf(login(), more))).toMatchObject(refusedWith(409, sentence, 'uniqueness')),
  );
  test('whom an owner disabled', async () => {
    const ada = await newPerson(app, workspaceId, 'viewer');
    await ask(app, `POST /people/${ada.id}/disable`, { as: owner.as });
    expect(await scim('POST /Users', userFor(ada))).toMatchObject(
      refusedWith(409, 'disabled in Clawster', 'uniqueness'),
    );
  });
  test('who is a user already, under another userName', async () => {
    const name = login();
    await scim('POST /Users', userOf(name));
    const again = userOf(name, { userName: `${name}-2` });
    expect(await scim('POST /Users', again)).toMatchObject(refusedWith(409, 'already', 'uniqueness'));
  });
  test('into the address or the userName of another', async () => {
    const [one, two] = [login(), login()];
    await scim('POST /Users', userOf(one));
    const { body } = await scim('POST /Users', userOf(two));
    const take = (value: object) => scim(`PATCH /Users/${body.id}`, patchOf({ op: 'replace', value }));
    expect(await take({ userName: `${one}@example.com` })).toMatchObject(refusedWith(409, 'userName', 'uniqueness'));
    for (const email of [`${one}@example.com`, owner.email])
      expect(await take({ emails: [{ value: email }] })).toMatchObject(refusedWith(409, 'e-mail', 'uniqueness'));
    expect(await take({ emails: [{ value: 'x@evil.example' }] })).toMatchObject(
      refusedWith(409, 'domain', 'uniqueness'),
    );
    expect((await app.database.rows(`select email from person where id = '${body.id}'`))[0]).toEqual({
      email: `${two}@example.com`,
    });
  });
});

describe('the last owner', () => {
  const patches = [
    ['deactivated', (id: string) => scim(`PATCH /Users/${id}`, patchOf({ op: 'replace', value: { active: false } }))],
    [
      'replaced by one who is not active',
      (id: string) => scim(`PUT /Users/${id}`, { ...userFor(owner), active: false }),
    ],
    ['deleted', (id: string) => scim(`DELETE /Users/${id}`)],
  ] as const;
  test.each(patches)('is not %s; one of two is', async (_, end) => {
    const { body } = await scim('POST /Users', userFor(owner));
    expect(body.id).toBe(owner.id);
    expect(await end(owner.id)).toMatchObject(refusedWith(409, 'last owner'));
    expect(await role(owner.id)).toEqual({ role: 'owner', out: false });
    await newPerson(app, workspaceId, 'owner');
    expect([200, 204]).toContain((await end(owner.id)).status);
  });
  test('keeps their role, whatever their groups', async () => {
    await scim('POST /Users', userFor(owner));
    const { body } = await scim('POST /Groups', { displayName: 'everyone', members: [{ value: owner.id }] });
    expect(await role(owner.id)).toEqual({ role: 'owner', out: false });
    await scim(`DELETE /Groups/${body.id}`);
    expect(await role(owner.id)).toEqual({ role: 'owner', out: false });
  });
});

describe('nobody gives by a directory what they lack', () => {
  test('an admin connects none to a mapping above them, nor takes over what an owner set up', async () => {
    const admin = await newPerson(app, workspaceId, 'admin');
    for (const line of ['POST /directory/rotate', 'DELETE /directory'] as const)
      expect(await ask(app, line, { as: admin.as, body: line.startsWith('POST') ? {} : undefined })).toMatchObject({
        status: 403,
      });
    await ask(app, 'DELETE /directory', { as: owner.as });
    expect(await ask(app, 'POST /directory', { as: admin.as, body: { name: 'Mine' } })).toMatchObject({ status: 403 });
  });
  test('a directory that an admin connected decides over no owner, and makes none whatever is mapped later', async () => {
    const home = await app.newWorkspace();
    const boss = await newPerson(app, home, 'owner');
    const admin = await newPerson(app, home, 'admin');
    await setProvider(app, admin.as, settingsFor(provider));
    const theirs = scimWith(app, await connect(app, admin.as));
    expect(await theirs('POST /Users', userFor(boss))).toMatchObject(
      refusedWith(409, 'cannot decide over the role owner', 'uniqueness'),
    );
    await setProvider(
      app,
      boss.as,
      settingsFor(provider, {
        groupRoles: [
          { group: 'bosses', role: 'owner' },
          { group: 'ops', role: 'operator' },
        ],
      }),
    );
    const { body: grace } = await theirs('POST /Users', userOf(login()));
    await theirs('POST /Groups', { displayName: 'bosses', members: [{ value: grace.id }] });
    expect(await role(grace.id)).toEqual({ role: 'member', out: true });
    await theirs('POST /Groups', { displayName: 'ops', members: [{ value: grace.id }] });
    expect(await role(grace.id)).toEqual({ role: 'operator', out: false });
    const { body } = await ask(app, 'GET /directory/groups', { as: boss.as });
    expect(body.items).toMatchObject([
      { name: 'bosses', members: 1, whyNoRole: expect.stringContaining('owner') },
      { name: 'ops', role: 'operator' },
    ]);
    // Whom somebody made an owner since is above it too.
    await app.database.rows(`update membership set role = 'owner' where person_id = '${grace.id}'`);
    expect(await theirs(`DELETE /Users/${grace.id}`)).toMatchObject(refusedWith(403, 'cannot decide over'));
    expect(
      await theirs(`PATCH /Users/${grace.id}`, patchOf({ op: 'replace', value: { active: false } })),
    ).toMatchObject({ status: 403 });
    expect(await role(grace.id)).toEqual({ role: 'owner', out: false });
  });
  test('what was refused is in the audit trail, with the directory as who asked', async () => {
    await scim('POST /Users', userOf(login(), { userName: 'x@evil.example', emails: [] }));
    await expect
      .poll(() =>
        app.database.rows(
          `select actor, detail from event where type = 'request-refused' and workspace_id = '${workspaceId}'`,
        ),
      )
      .toMatchObject([
        { actor: { kind: 'directory', name: 'Okta' }, detail: { sentence: expect.stringContaining('domain') } },
      ]);
  });
});

test('there is one directory, after single sign-on, which stays as long as it', async () => {
  expect(await ask(app, 'POST /directory', { as: owner.as, body: { name: 'Second' } })).toMatchObject({ status: 409 });
  expect(await ask(app, 'DELETE /sso', { as: owner.as })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('remove the directory first') },
  });
  const fresh = await newPerson(app, await app.newWorkspace(), 'owner');
  expect(await ask(app, 'POST /directory', { as: fresh.as, body: { name: 'First' } })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('Set up single sign-on first') },
  });
});

test('a token is rotated with an overlap, or ended at once; removed, it is good no more, and people stay', async () => {
  const { body } = await scim('POST /Users', userOf(login()));
  await scim('POST /Groups', { displayName: 'ops', members: [{ value: body.id }] });
  const rotate = async (overlapHours: number) =>
    scimWith(
      app,
      (await ask(app, 'POST /directory/rotate', { as: owner.as, body: { overlapHours } })).body['value'] as string,
    );
  const second = await rotate(1);
  for (const good of [scim, second]) expect((await good('GET /Users')).status).toBe(200);
  const third = await rotate(0);
  for (const ended of [scim, second]) expect((await ended('GET /Users')).status).toBe(401);
  expect((await third('GET /Users')).status).toBe(200);
  const shown = (await ask(app, 'GET /directory', { as: owner.as })).body as { directory: object };
  expect(shown).toMatchObject({
    baseUrl: 'http://127.0.0.1:4500/scim/v2',
    directory: {
      name: 'Okta',
      setByRole: 'owner',
      lastUsedAt: expect.any(String),
      people: { letIn: 1, shut: 0, inNoGroup: 0 },
    },
  });
  await ask(app, 'DELETE /directory', { as: owner.as });
  expect((await third('GET /Users')).status).toBe(401);
  expect(await role(body.id)).toEqual({ role: 'operator', out: false });
  expect((await ask(app, `PATCH /people/${body.id}`, { as: owner.as, body: { role: 'viewer' } })).status).toBe(200);
  expect(await app.database.rows(`select * from directory_token where workspace_id = '${workspaceId}'`)).toEqual([]);
});

describe.each([
  ['as it is', false],
  ['with row-level security off', true],
])('hostile, %s', (when, off) => {
  beforeAll(async () => {
    if (!off) return;
    const secured = await app.database.rows('select oid::regclass::text as name from pg_class where relrowsecurity');
    if (secured.length < 20) throw new Error(`Only ${secured.length} tables were found`);
    for (const { name } of secured) await app.database.rows(`alter table ${String(name)} disable row level security`);
  });

  test("another workspace's directory reads, changes and ends nothing here", async () => {
    const { refused, told } = attempts(`SCIM of another workspace, ${when}`);
    const { body: user } = await scim('POST /Users', userOf(login(), { externalId: 'confidential-1' }));
    const { body: group } = await scim('POST /Groups', {
      displayName: 'confidential',
      externalId: 'confidential-2',
      members: [{ value: user.id }],
    });
    const stored = () =>
      app.database.rows(`select t::text as row from directory_user as t where workspace_id = '${workspaceId}'
        union all select t::text from directory_group as t where workspace_id = '${workspaceId}'
        union all select t::text from directory_group_member as t where workspace_id = '${workspaceId}'
        union all select t::text from membership as t where workspace_id = '${workspaceId}' order by 1`);
    const before = await stored();
    const elsewhere = await newPerson(app, await app.newWorkspace(), 'owner');
    await setProvider(app, elsewhere.as, settingsFor(provider));
    const theirs = scimWith(app, await connect(app, elsewhere.as));
    const own = (await theirs('POST /Users', userOf(login()))).body;
    const ownGroup = (await theirs('POST /Groups', { displayName: 'own' })).body;
    const member = { value: user.id };
    for (const id of [user.id, group.id, owner.id])
      for (const path of ['/Users', '/Groups'])
        await refused(
          theirs(`GET ${path}/${id}` as `GET /${string}`),
          theirs(`PUT ${path}/${id}` as `PUT /${string}`, { userName: 'x@example.com', displayName: 'x' }),
          theirs(
            `PATCH ${path}/${id}` as `PATCH /${string}`,
            patchOf({ op: 'replace', value: { displayName: 'x', active: false } }),
          ),
          theirs(`DELETE ${path}/${id}` as `DELETE /${string}`).then(({ status }) => ({
            status: status === 204 ? 200 : status,
          })),
        );
    const put = (answer: Promise<{ status: number }>) =>
      answer.then(({ status }) => ({ status: status === 201 ? 200 : status }));
    await refused(
      theirs(
        `PATCH /Groups/${ownGroup.id}`,
        patchOf({ op: 'add', path: 'members', value: [member, { value: own.id }] }),
      ),
      theirs(`PUT /Groups/${ownGroup.id}`, { displayName: 'own', members: [member] }),
      put(theirs('POST /Groups', { displayName: 'other', members: [member] })),
      put(theirs('POST /Users', { ...userOf(login()), userName: user['userName'], emails: user['emails'] })),
    );
    for (const path of ['Users', 'Groups'])
      for (const filter of [
        `id eq "${user.id}"`,
        'externalId sw "confidential"',
        `members.value eq "${user.id}"`,
        `groups.value eq "${group.id}"`,
        'not (id eq "x")',
      ])
        await refused(
          theirs(`GET /${path}?filter=${encodeURIComponent(filter)}`).then(({ body }) => ({
            status: /confidential/.test(JSON.stringify(body)) || JSON.stringify(body).includes(user.id) ? 200 : 404,
          })),
        );
    expect(await stored()).toEqual(before);
    expect(told()).toMatchObject({ letIn: 0 });
  });

  test('its token lets nobody in anywhere else, and nothing else lets anybody in here', async () => {
    const { refused, told } = attempts(`credentials at the wrong door, ${when}`);
    const bearer = { authorization: `Bearer ${token}` };
    for (const { route } of allRoutes().filter((one) => one.route.permission !== 'public')) {
      const path = route.path.replace(/\{\w+\}/g, randomUUID());
      const line = `${route.method} ${path}` as `GET /${string}`;
      for (const as of [bearer, { cookie: `clawster-session-4500=${token}` }]) {
        const answer = ask(app, line, {
          as,
          ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} }),
        });
        await refused(answer.then(({ status }) => ({ status: status === 401 ? 401 : 200 })));
      }
    }
    const key = await app.keyOf(workspaceId, 'owner');
    const last = token.slice(-1) === 'A' ? 'B' : 'A';
    const wrong = [
      undefined,
      '',
      key,
      token.slice(0, -1),
      `${token.slice(0, -1)}${last}`,
      token.toUpperCase(),
      `claw_${token.slice(9)}`,
      `clawscim_${randomBytes(36).toString('base64url').slice(0, 49)}`,
      'x'.repeat(8_000),
    ];
    for (const path of [
      '/Users',
      '/Groups',
      `/Users/${owner.id}`,
      '/Schemas',
      '/ServiceProviderConfig',
      '/ResourceTypes',
      '',
      '/nowhere',
    ] as const)
      for (const value of wrong)
        await refused(
          scimWith(app, value)(`GET ${path}` as `GET /${string}`, undefined, owner.as).then(({ status, headers }) => ({
            status: status === 401 && headers.get('www-authenticate') ? 401 : 200,
          })),
        );
    await refused(scimWith(app, undefined)('POST /Users', userOf('x'), owner.as));
    expect(told()).toMatchObject({ letIn: 0 });
  });
});
