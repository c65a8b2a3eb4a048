import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { claimsOf, type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, type TestPerson } from './test-people.ts';
import { begin, finish, redirectUrl, setProvider, settingsFor, signInAt } from './test-sso.ts';

let app: TestApp;
let provider: IdentityProvider;
let providerId: string;
let owner: TestPerson;
const login = 'grace';
beforeAll(async () => {
  app = await testApp();
  provider = await startIdentityProvider([redirectUrl]);
  provider.users.set(login, { email: 'grace@example.com', email_verified: true, groups: ['ops'] });
  owner = await newPerson(app, await app.newWorkspace(), 'owner');
  providerId = await setProvider(app, owner.as, settingsFor(provider));
});
afterAll(async () => {
  await app.close();
  await provider.close();
});
beforeEach(() => app.database.rows('delete from sign_in_attempt'));
afterEach(() => {
  provider.meddle = undefined;
});

const come = () => signInAt({ app, provider, providerId }, login);
const comeBack = async () => {
  const { url, cookie } = await begin(app, providerId);
  return { back: await provider.visit(url, login), cookie };
};
const sessions = async () => (await app.database.rows('select id from session')).length;

/** The sentence it is refused with, if nothing was opened. */
async function whyRefused(attack: () => Promise<{ status: number; body: { detail?: string } }>): Promise<string> {
  const before = await sessions();
  const { status, body } = await attack();
  return status === 403 && (await sessions()) === before ? (body.detail ?? '') : `It was answered ${status}`;
}

test('an answer is good once', async () => {
  const { back, cookie } = await comeBack();
  expect((await finish(app, back, cookie)).status).toBe(200);
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('was used');
});

test('of several who hand the same answer in at once, one comes in', async () => {
  const { back, cookie } = await comeBack();
  const answers = await Promise.all(Array.from({ length: 5 }, () => finish(app, back, cookie)));
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403, 403, 403, 403]);
});

test("a code is good for its own sign-in alone: neither with another's state nor in another's browser", async () => {
  const mine = await comeBack();
  const theirs = await comeBack();
  expect(await whyRefused(() => finish(app, theirs.back, mine.cookie))).toContain('another browser');
  expect(await whyRefused(() => finish(app, theirs.back, ''))).toContain('another browser');
  const mixed = new URL(theirs.back);
  mixed.searchParams.set('state', mine.back.searchParams.get('state') ?? '');
  // The code was asked for with another challenge and another nonce.
  expect(await whyRefused(() => finish(app, mixed, mine.cookie))).toContain('begin again');
});

test.each(['', 'made-up'])('the state %j opens nothing', async (state) => {
  const { back, cookie } = await comeBack();
  back.searchParams.set('state', state);
  const { status } = await finish(app, back, cookie);
  expect(status).toBe(state ? 403 : 400);
});

test('a code that was made up opens nothing', async () => {
  const { back, cookie } = await comeBack();
  back.searchParams.set('code', 'made-up');
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('begin again');
});

test('after ten minutes it is too late', async () => {
  const { back, cookie } = await comeBack();
  await app.database.rows("update sso_attempt set expires_at = expires_at - interval '10 minutes'");
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('ten minutes');
});

test('an answer that another provider signed with its name is not taken', async () => {
  const { back, cookie } = await comeBack();
  back.searchParams.set('iss', 'https://evil.example');
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('cannot be trusted');
});

test('what the provider refuses is said, and in no words of its own', async () => {
  const { cookie, url } = await begin(app, providerId);
  const back = new URL(redirectUrl);
  back.searchParams.set('state', new URL(url).searchParams.get('state') ?? '');
  back.searchParams.set('error', 'access_denied');
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('Acme did not let you in');
});

const forged = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
test.each<[string, (idToken: string) => string | undefined]>([
  ['another nonce', (token) => provider.sign({ ...claimsOf(token), nonce: 'another' })],
  ['no nonce', (token) => provider.sign({ ...claimsOf(token), nonce: undefined })],
  ['another audience', (token) => provider.sign({ ...claimsOf(token), aud: 'another' })],
  [
    'two audiences and no word for which',
    (token) => provider.sign({ ...claimsOf(token), aud: ['clawster', 'another'], azp: 'another' }),
  ],
  ['another issuer', (token) => provider.sign({ ...claimsOf(token), iss: 'https://evil.example' })],
  ['an end that is past', (token) => provider.sign({ ...claimsOf(token), exp: Math.floor(Date.now() / 1000) - 600 })],
  ['no subject', (token) => provider.sign({ ...claimsOf(token), sub: undefined })],
  ["another key's signature", (token) => provider.sign(claimsOf(token), { key: forged })],
  ['an unknown key', (token) => provider.sign(claimsOf(token), { key: forged, header: { kid: 'another' } })],
  [
    'a key it brings itself',
    (token) => provider.sign(claimsOf(token), { key: forged, header: { jwk: forged.export({ format: 'jwk' }) } }),
  ],
  ['claims that were changed', (token) => withPart(token, 1, { ...claimsOf(token), sub: 'owner' })],
  ['no signature', (token) => `${withPart(token, 0, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`],
  ['nothing at all', () => undefined],
])('an ID token with %s lets nobody in', async (_, meddle) => {
  provider.meddle = meddle;
  expect(await whyRefused(come)).toContain('cannot be trusted');
});

function withPart(token: string, index: number, value: object): string {
  const parts = token.split('.');
  parts[index] = Buffer.from(JSON.stringify(value)).toString('base64url');
  return parts.join('.');
}

test('a token that was not meddled with is taken, so that the refusals above are for their reason', async () => {
  provider.meddle = (token) => provider.sign(claimsOf(token));
  expect((await come()).status).toBe(200);
});

test.each([
  ['/bots/new?from=home', '/bots/new?from=home'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['javascript:alert(1)', '/'],
])('after it %j leads to %s', async (returnTo, path) => {
  const { url, cookie } = await begin(app, providerId, returnTo);
  expect((await finish(app, await provider.visit(url, login), cookie)).returnTo).toBe(path);
});

test('the cookie is for this server and no script, and is taken back', async () => {
  const { cookies } = await begin(app, providerId);
  expect(cookies).toEqual([
    expect.stringMatching(/^clawster-session-4500-sso=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Expires=/),
  ]);
  const secure = await testApp({ publicUrl: 'https://clawster.example.com', beside: app });
  expect((await begin(secure, providerId)).cookies[0]).toMatch(
    /^__Host-clawster-sso=\S+; Path=\/; HttpOnly; SameSite=Lax; Expires=[^;]+; Secure$/,
  );
  await secure.close();
});

test('settings that change end what was begun under them', async () => {
  const { back, cookie } = await comeBack();
  await setProvider(app, owner.as, settingsFor(provider));
  expect(await whyRefused(() => finish(app, back, cookie))).toContain('begin again');
});

test('beginning is slowed', async () => {
  const statuses: number[] = [];
  for (let tried = 0; tried < 62; tried += 1) statuses.push((await begin(app, providerId)).status);
  expect(statuses.slice(-2)).toEqual([429, 429]);
});

test('neither secret, code, token nor cookie is in any answer, event, row or log', async () => {
  const idTokens: string[] = [];
  provider.meddle = (token) => {
    idTokens.push(token);
    return token;
  };
  const lines: unknown[] = [];
  app.plane.log = (...line) => void lines.push(line);
  const { back, cookie } = await comeBack();
  const { as, body } = await finish(app, back, cookie);
  provider.meddle = (token) => provider.sign({ ...claimsOf(token), aud: 'another' });
  const failed = await come();
  const told = JSON.stringify([
    body,
    failed.body,
    (await ask(app, 'GET /sso', { as: owner.as })).body,
    (await ask(app, 'POST /sso/test', { as: owner.as, body: {} })).body,
    (await ask(app, 'GET /events?limit=200', { as: owner.as })).body,
    (await ask(app, 'GET /sso/offers')).body,
    await Promise.all(
      ['event', 'sso_attempt', 'identity_provider', 'person_identity', 'secret'].map((table) =>
        app.database.rows(`select t::text from ${table} t`),
      ),
    ),
    app.logged,
    lines,
  ]);
  expect(lines).toHaveLength(1);
  expect(told).toContain('grace@example.com');
  for (const secret of [
    provider.clientSecret,
    cookie.split('=')[1],
    back.searchParams.get('code'),
    as['cookie']?.split('=')[1],
    ...idTokens,
  ])
    expect(told).not.toContain(secret);
});
