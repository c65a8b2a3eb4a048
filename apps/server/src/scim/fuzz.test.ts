import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { newPerson } from '../http/test-people.ts';
import { redirectUrl, setProvider, settingsFor } from '../http/test-sso.ts';
import { startIdentityProvider } from '../testing/identity-provider.ts';
import { connect, patchOf, type Scim, type ScimAnswer, scimWith, userOf } from './test-scim.ts';

let app: TestApp;
let scim: Scim;
let ids: string[];
let tried = 0;
const runs = Number(process.env['CLAWSTER_FUZZ_RUNS'] ?? 60);
beforeAll(async () => {
  app = await testApp();
  const provider = await startIdentityProvider([redirectUrl]);
  const owner = await newPerson(app, await app.newWorkspace(), 'owner');
  await setProvider(app, owner.as, settingsFor(provider));
  await provider.close();
  scim = scimWith(app, await connect(app, owner.as));
  const user = await scim('POST /Users', userOf('fuzzed'));
  const group = await scim('POST /Groups', { displayName: 'ops', members: [{ value: user.body.id }] });
  ids = [user.body.id, group.body.id];
});
afterAll(async () => {
  process.stdout.write(`inputs of SCIM: tried ${tried}, faults 0\n`);
  await app.close();
});

const names = [
  'userName',
  'externalId',
  'active',
  'name',
  'emails',
  'members',
  'displayName',
  'groups',
  'id',
  'meta',
  'schemas',
  'Operations',
  'op',
  'path',
  'value',
  '__proto__',
  'constructor',
  'name.givenName',
  'emails[type eq "work"].value',
  'urn:x:y',
];
const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud83d',
    '__proto__',
    "' or 1=1 --",
    'members[value eq "',
    'emails[type eq "work"',
    '1e999',
    'x'.repeat(20_000),
    -1,
    1e308,
    true,
    null,
  ),
  fc.constantFrom('replace', 'Add', 'remove', 'active', 'members', 'emails', 'a@example.com', 'False'),
  fc.uuid(),
);
const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), nasty, { maxKeys: 6, noNullPrototype: true }),
  fc
    .array(
      fc.record(
        {
          op: nasty,
          path: nasty,
          value: fc.oneof(nasty, fc.dictionary(fc.constantFrom(...names), nasty, { noNullPrototype: true })),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    )
    .map((operations) => patchOf(...operations)),
  nasty,
);
const query = fc.dictionary(
  fc.constantFrom('filter', 'startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy'),
  fc.oneof(
    nasty.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
    fc.constantFrom('userName eq "x"', 'not (a pr)', 'id eq "\\u0000"', 'members', '-1', '0'),
  ),
);

function expectAnswer({ status, body: answered, headers }: ScimAnswer): void {
  tried += 1;
  if (status >= 500) expect.fail(`${status} ${JSON.stringify(answered)}`);
  if (status >= 400) {
    expect(headers.get('content-type')).toBe('application/scim+json');
    expect(answered).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.any(String) as string,
    });
  }
  expect(JSON.stringify(answered)).not.toMatch(/at .+\.ts:\d+|select .+ from |ZodError/);
}

test('whatever is sent, it is answered in the protocol, and never by a fault', { timeout: 240_000 }, async () => {
  for (const path of ['/Users', '/Groups'])
    await fc.assert(
      fc.asyncProperty(body, query, fc.constantFrom(0, 1, 2), async (sent, asked, which) => {
        const text = new URLSearchParams(
          Object.entries(asked).map(([key, value]) => [key, value.toWellFormed().slice(0, 3_000)]),
        ).toString();
        const id =
          ids[which] ??
          encodeURIComponent(
            String(Object.values(asked)[0] ?? 'x')
              .toWellFormed()
              .slice(0, 80) || 'x',
          );
        const json = JSON.stringify(sent) ?? 'null';
        expectAnswer(await scim(`GET ${path}?${text}` as `GET /${string}`));
        expectAnswer(await scim(`GET ${path}/${id}?${text}` as `GET /${string}`));
        expectAnswer(await scim(`POST ${path}` as `POST /${string}`, json));
        expectAnswer(await scim(`POST ${path}/.search` as `POST /${string}`, json));
        expectAnswer(await scim(`PUT ${path}/${id}?${text}` as `PUT /${string}`, json));
        expectAnswer(await scim(`PATCH ${path}/${id}` as `PATCH /${string}`, json));
      }),
      { numRuns: runs },
    );
});

const nested = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
test.each([
  ['lists in each other', `{"emails":${nested('[', ']', 100_000)}}`],
  ['objects in each other', `{"name":${nested('{"a":', '}', 50_000)}}`],
  ['a prototype', '{"__proto__":{"admin":true},"userName":"x"}'],
  ['half a body', '{"userName":"x'],
  ['no body', ''],
  ['more than fits', JSON.stringify({ userName: 'x'.repeat(1_100_000) })],
  [
    'members in tens of thousands',
    JSON.stringify({
      displayName: 'many',
      members: Array.from({ length: 20_000 }, (_, index) => ({ value: String(index) })),
    }),
  ],
  [
    'a thousand and one operations',
    JSON.stringify(patchOf(...Array.from({ length: 1_001 }, () => ({ op: 'add', value: {} })))),
  ],
])('%s are refused, and change nothing', async (_, sent) => {
  for (const line of [
    `PUT /Users/${ids[0]}`,
    `PATCH /Users/${ids[0]}`,
    'POST /Users',
    'POST /Groups',
    `PATCH /Groups/${ids[1]}`,
  ] as const) {
    const answer = await scim(line, sent);
    expectAnswer(answer);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  }
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test('parts of a name that are none are passed over, however deep', async () => {
  const before = (await scim(`GET /Users/${ids[0]}`)).body;
  const deep = `{"Operations":[{"op":"add","value":${nested('{"name":', '}', 50_000)}}]}`;
  expect(await scim(`PATCH /Users/${ids[0]}`, deep)).toMatchObject({ status: 200, body: before });
});

test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a body that says to be %s is refused',
  async (type) => {
    const answer = await scim('POST /Users', JSON.stringify(userOf('typed')), { 'content-type': type });
    expectAnswer(answer);
    expect(answer.status).toBe(400);
  },
);

test.each([
  'POST /Users/x',
  'PUT /Users',
  'PATCH /',
  'GET /Me',
  'POST /Bulk',
  'GET /Users/x/y',
  'DELETE /Users',
  'GET /../api/v1/people',
] as const)('%s is nothing', async (line) => {
  const answer = await scim(line, line.startsWith('GET') ? undefined : {});
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});
