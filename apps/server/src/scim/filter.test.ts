import fc from 'fast-check';
import { filter as referenceOf, parse } from 'scim2-parse-filter';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { newPerson } from '../http/test-people.ts';
import { redirectUrl, setProvider, settingsFor } from '../http/test-sso.ts';
import { startIdentityProvider } from '../testing/identity-provider.ts';
import { connect, type Scim, scimWith } from './test-scim.ts';

let app: TestApp;
let scim: Scim;
let users: Record<string, unknown>[];
let groups: Record<string, unknown>[];

const given = [
  {
    userName: 'Ada@Example.com',
    externalId: '00uA',
    displayName: 'Ada Lovelace',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
  },
  { userName: 'alan@example.com', externalId: '00ua', active: false, name: { formatted: 'Alan M. Turing' } },
  {
    userName: "o'hara@example.com",
    displayName: '100% \\_ "quoted"',
    emails: [{ value: 'ohara@example.com', type: 'work' }],
  },
  {
    userName: 'grace',
    emails: [
      { value: 'Grace@Example.com', type: 'work', primary: true },
      { value: 'g@home.example', type: 'home' },
    ],
  },
  {
    userName: 'gracie',
    emails: [
      { value: 'gracie@example.com', type: 'home' },
      { value: 'x@work.example', type: 'work' },
    ],
  },
  { userName: 'zoë@example.com', displayName: 'Zoë Müller', emails: [{ value: 'zoe@example.com' }] },
];

beforeAll(async () => {
  app = await testApp();
  const provider = await startIdentityProvider([redirectUrl]);
  const owner = await newPerson(app, await app.newWorkspace(), 'owner');
  await setProvider(app, owner.as, settingsFor(provider, { emailDomains: ['example.com', 'work.example'] }));
  await provider.close();
  scim = scimWith(app, await connect(app, owner.as));
  const ids: string[] = [];
  for (const user of given) {
    const { status, body } = await scim('POST /Users', user);
    if (status !== 201) throw new Error(`${user.userName} was not made: ${body.detail}`);
    ids.push(body.id);
  }
  await scim('POST /Groups', { displayName: 'Ops', externalId: 'g1', members: [{ value: ids[0] }, { value: ids[3] }] });
  await scim('POST /Groups', { displayName: 'ops 2' });
  users = (await scim('GET /Users')).body.Resources ?? [];
  groups = (await scim('GET /Groups')).body.Resources ?? [];
});
afterAll(() => app.close());

async function found(path: 'Users' | 'Groups', filter: string): Promise<string[]> {
  const { status, body } = await scim(`GET /${path}?filter=${encodeURIComponent(filter)}`);
  if (status !== 200) throw new Error(`${filter}: ${status} ${body.detail}`);
  expect(body.totalResults).toBe(body.Resources?.length);
  return (body.Resources ?? []).map((one) => String(one['userName'] ?? one['displayName'])).toSorted();
}

describe('users are found by', () => {
  test.each<[string, string[]]>([
    ['userName eq "ada@example.com"', ['Ada@Example.com']],
    ['USERNAME Eq "ADA@EXAMPLE.COM"', ['Ada@Example.com']],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "grace"', ['grace']],
    ['userName eq "ada"', []],
    ['externalId eq "00uA"', ['Ada@Example.com']],
    ['externalId eq "00ua"', ['alan@example.com']],
    ['not (externalId pr)', ["o'hara@example.com", 'grace', 'gracie', 'zoë@example.com']],
    ['active eq false', ['alan@example.com']],
    ['active eq "False"', ['alan@example.com']],
    ['displayName co "%"', ["o'hara@example.com"]],
    ['displayName co "\\\\_"', ["o'hara@example.com"]],
    ['displayName sw "100% "', ["o'hara@example.com"]],
    ['displayName ew "müller"', ['zoë@example.com']],
    ['name.familyName eq "lovelace" or name.formatted co "turing"', ['Ada@Example.com', 'alan@example.com']],
    ['emails eq "grace@example.com"', ['grace']],
    ['emails.value co "home.example"', ['grace']],
    ['emails[type eq "work"].value eq "x@work.example"', ['gracie']],
    ['emails[type eq "home" and value co "example.com"]', ['gracie']],
    ['emails[type eq "work" and value co "home"]', []],
    ['emails[primary eq true]', ['grace']],
    ['groups.display eq "ops"', ['Ada@Example.com', 'grace']],
    ['userName sw "gra" and not (emails.type eq "home" and emails.primary eq true)', ['gracie']],
    ['meta.created gt "2020-01-01T00:00:00Z" and userName eq "grace"', ['grace']],
    ['meta.lastModified lt "2020-01-01T00:00:00Z"', []],
  ])('%s', async (filter, names) => expect(await found('Users', filter)).toEqual(names.toSorted()));

  test('their id, and nobody by another', async () => {
    const { id } = users[0] as { id: string };
    expect(await found('Users', `id eq "${id}"`)).toEqual(['Ada@Example.com']);
    expect(await found('Users', 'id eq "none"')).toEqual([]);
    expect(await found('Groups', `members.value eq "${id}"`)).toEqual(['Ops']);
  });
});

test.each<[string, string[]]>([
  ['displayName eq "OPS"', ['Ops']],
  ['displayName sw "ops"', ['Ops', 'ops 2']],
  ['externalId eq "g1" and displayName pr', ['Ops']],
  ['members pr', ['Ops']],
])('groups are found by %s', async (filter, names) => expect(await found('Groups', filter)).toEqual(names));

test.each([
  'password eq "x"',
  'passwordHash eq "x"',
  'workspace_id eq "x"',
  'emails.shoe eq "x"',
  'emails[password eq "x"]',
  'emails.__proto__ eq "x"',
  'constructor eq "x"',
  'userName gt "a"',
  'userName eq true',
  'active co "t"',
  'active eq "perhaps"',
  'meta.created eq "yesterday"',
  'meta.created sw "2020"',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"',
  'userName eq "x" or 1 eq 1',
  `userName eq "x'; drop table person; --" and`,
])('one cannot ask for %s', async (filter) => {
  const { status, body } = await scim(`GET /Users?filter=${encodeURIComponent(filter)}`);
  expect({ status, scimType: body.scimType }).toEqual({ status: 400, scimType: 'invalidFilter' });
});

/** Capitals count in these alone, so that all else is compared in small letters. */
const exact = new Set(['id', 'externalId', 'location', 'version']);
function small(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return exact.has(name) ? value : value.toLowerCase();
  if (Array.isArray(value)) return value.map((one) => small(one, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, small(one, key)]));
}

test('the database finds what the filter of a library finds in memory', async () => {
  const text = fc.constantFrom(
    'userName',
    'displayName',
    'name.givenName',
    'name.familyName',
    'name.formatted',
    'emails.value',
    'emails.type',
    'externalId',
  );
  // No backslash: the library reads an escaped one as two.
  const word = fc.constantFrom(
    'ada@example.com',
    'a',
    'grace',
    '00uA',
    'work',
    'home',
    '%',
    '_',
    'example.com',
    'turing',
    'ë',
    "'",
    '\\"',
    'ada lovelace',
    '',
  );
  const by = fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew');
  const leaf = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(text, by, word).map(([path, op, value]) => `${path} ${op} "${value}"`) },
    text.map((path) => `${path} pr`),
    fc.constantFrom(
      'active eq true',
      'active eq false',
      'active ne true',
      'emails.primary eq true',
      'emails pr',
      'groups pr',
    ),
    // The library takes what is in brackets for true of several values together, so one thing is asked there.
    fc.tuple(by, word).map(([op, value]) => `emails[value ${op} "${value}"]`),
  );
  const { filter } = fc.letrec<{ filter: string }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter')).map((parts) => `(${parts.join(' ')})`),
      fc.tuple(leaf, leaf, leaf).map(([a, b, c]) => `${a} or ${b} and ${c}`),
      tie('filter').map((inner) => `not (${inner})`),
    ),
  }));
  const inSmall = users.map((user) => small(user));
  await fc.assert(
    fc.asyncProperty(filter, async (one) => {
      const matches = referenceOf(parse(one));
      const names = users.filter((_, index) => matches(inSmall[index])).map(({ userName }) => String(userName));
      expect(await found('Users', one)).toEqual(names.toSorted());
    }),
    { numRuns: 300 },
  );
  expect(groups).toHaveLength(2);
}, 120_000);
