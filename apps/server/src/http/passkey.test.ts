import type { Assertion, CreationOptions, RequestOptions } from '@clawster/contract/passkey';
import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { type Deviation, TestAuthenticator } from './test-authenticator.ts';
import { ask, attempts, type Credential, newPerson, password, type TestPerson } from './test-people.ts';

const origin = 'http://localhost:4500';
let app: TestApp;
let ada: TestPerson;
let key: TestAuthenticator;
let recoveryCodes: string[];
beforeAll(async () => {
  app = await testApp({ publicUrl: origin });
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.database.rows('delete from sign_in_attempt');
  ada = await newPerson(app, await app.newWorkspace(), 'owner');
  [key, recoveryCodes] = await withPasskey(ada);
});

const from = (as: Credential = {}, at = origin) => ({ ...as, origin: at });
const own = (line: Parameters<typeof ask>[1], body?: unknown, who = ada) =>
  ask(app, line, { as: from(who.as), ...(body ? { body } : {}) });

async function offered(who = ada): Promise<CreationOptions> {
  return (await own('POST /account/passkeys/options', { password }, who)).body as unknown as CreationOptions;
}

async function withPasskey(who: TestPerson): Promise<[TestAuthenticator, string[]]> {
  const authenticator = new TestAuthenticator(origin);
  const credential = authenticator.create(await offered(who));
  const { status, body } = await own('POST /account/passkeys', { name: 'Laptop', credential }, who);
  expect(status).toBe(200);
  return [authenticator, body['recoveryCodes'] as string[]];
}

async function asked(body = {}, at = origin): Promise<RequestOptions> {
  const answer = await ask(app, 'POST /sessions/passkey/options', { as: from({}, at), body });
  expect(answer.status, answer.body.detail).toBe(200);
  return answer.body as unknown as RequestOptions;
}
const send = (credential: Assertion) => ask(app, 'POST /sessions/passkey', { as: from(), body: { credential } });
/** Signs in, with something that is not as it should be. */
const signIn = async (deviation: Deviation = {}, by = key) => send(by.use(await asked(), deviation));

async function challenge(): Promise<{ challenge: string; factors: string[] }> {
  const { body } = await ask(app, 'POST /sessions', { body: { email: ada.email, password } });
  expect(body['state']).toBe('second-step');
  return body as unknown as { challenge: string; factors: string[] };
}
const step = (given: { challenge: string }, credential: Assertion) =>
  ask(app, 'POST /sessions/second-step/passkey', {
    as: from(),
    body: { challenge: given.challenge, credential },
  });
const told = async (type: string) => (await own(`GET /events?type=${type}`)).body.items ?? [];
const passkeys = async () => (await own('GET /account/passkeys')).body.items ?? [];
const firstId = async () => String((await passkeys())[0]?.['id']);

describe('adding', () => {
  test('a passkey is listed with where it is good, and is offered to be made once on one authenticator', async () => {
    expect(await passkeys()).toMatchObject([
      { name: 'Laptop', host: 'localhost', device: 'multi-device', isBackedUp: false },
    ]);
    const options = await offered();
    expect(options).toMatchObject({ rp: { id: 'localhost' }, excludeCredentials: [{ id: key.id }] });
    const { status } = await own('POST /account/passkeys', { name: 'Again', credential: key.create(options) });
    expect(status).toBe(409);
    expect(await told('person-passkey-added')).toMatchObject([{ detail: { passkey: 'Laptop', host: 'localhost' } }]);
  });

  test('the first one brings recovery codes and closes other sessions, a second one neither', async () => {
    expect(recoveryCodes).toHaveLength(10);
    const { session } = await signIn();
    const second = new TestAuthenticator(origin);
    const made = await own('POST /account/passkeys', { name: 'Phone', credential: second.create(await offered()) });
    expect(made.body['recoveryCodes']).toBeUndefined();
    expect((await ask(app, 'GET /session', { as: { cookie: session } })).status).toBe(200);
    const grace = await newPerson(app, await app.newWorkspace(), 'viewer');
    const before = await ask(app, 'POST /sessions', { body: { email: grace.email, password } });
    await withPasskey(grace);
    expect((await ask(app, 'GET /session', { as: { cookie: before.session } })).status).toBe(401);
  });

  test('needs the passphrase, its own challenge in time, this origin and a verified person', async () => {
    expect((await own('POST /account/passkeys/options', { password: 'wrong' })).status).toBe(400);
    const { refused, told: count } = attempts('passkeys that were not made as asked for');
    const fresh = () => new TestAuthenticator(origin);
    const add = async (deviation: Deviation, options?: CreationOptions) =>
      own('POST /account/passkeys', {
        name: 'x',
        credential: fresh().create(options ?? (await offered()), deviation),
      });
    await refused(add({ origin: 'http://localhost:4501' }), add({ origin: 'https://evil.example' }));
    await refused(add({ host: 'evil.example' }), add({ verifiesPerson: false }), add({ crossOrigin: true }));
    await refused(add({ challenge: 'bWFkZSB1cA' }), add({ challenge: (await asked()).challenge }));
    const grace = await newPerson(app, await app.newWorkspace(), 'owner');
    await refused(add({}, await offered(grace)));
    const outdated = await offered();
    await app.database.rows('update passkey_challenge set expires_at = now()');
    await refused(add({}, outdated));
    expect(count()).toEqual({ tried: 9, letIn: 0 });
    expect(await passkeys()).toHaveLength(1);
  });

  test('is refused to a program, and at an address where browsers refuse it, which is said', async () => {
    const authorization = `Bearer ${await app.keyOf(await app.newWorkspace(), 'owner')}`;
    const program = await ask(app, 'POST /account/passkeys/options', { as: { authorization }, body: { password } });
    expect(program.status).toBe(422);
    const as = { ...ada.as, origin: app.url };
    const { status, body } = await ask(app, 'POST /account/passkeys/options', { as, body: { password } });
    const { port } = new URL(app.url);
    expect([status, body.detail]).toEqual([
      422,
      `Passkeys work at no IP address: open Clawster at http://localhost:${port} instead`,
    ]);
    const foreign = await ask(app, 'POST /sessions/passkey/options', {
      as: { origin: 'https://evil.example' },
      body: {},
    });
    expect(foreign.status).toBe(403);
  });
});

describe('signing in', () => {
  test('a passkey alone opens a session, which is told, and it is known when it was used', async () => {
    const options = await asked();
    expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
    const { status, session, body } = await send(key.use(options));
    expect([status, body['role']]).toEqual([200, 'owner']);
    expect((await ask(app, 'GET /session', { as: { cookie: session } })).status).toBe(200);
    expect((await passkeys())[0]).toHaveProperty('lastUsedAt');
    expect(await told('person-passkey-used')).toMatchObject([{ subjectId: ada.id, detail: { passkey: 'Laptop' } }]);
  });

  test('a passkey whose authenticator keeps no count is good every time', async () => {
    await app.database.rows('update passkey set sign_count = 0');
    for (let time = 0; time < 2; time += 1) expect((await signIn({ count: 0 })).status).toBe(200);
  });

  test('after the passphrase it is asked for those of this person, and is the second step', async () => {
    const waiting = await challenge();
    expect(waiting.factors).toEqual(['passkey', 'recovery-code']);
    const options = await asked({ challenge: waiting.challenge });
    expect(options.allowCredentials).toMatchObject([{ id: key.id, transports: ['internal'] }]);
    const credential = key.use(options);
    const both = await Promise.all([step(waiting, credential), step(waiting, credential)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403]);
  });

  test('in its place a recovery code lets in', async () => {
    const { challenge: given } = await challenge();
    const body = { challenge: given, factor: 'recovery-code', code: recoveryCodes[0] };
    expect((await ask(app, 'POST /sessions/second-step', { body })).status).toBe(200);
  });
});

describe('what must not let in', () => {
  test('an answer used before, also when two bring it at once, and a challenge that is made up, too old or for something else', async () => {
    const { refused, told: count } = attempts('passkey answers that are no good');
    const used = key.use(await asked());
    const both = await Promise.all([send(used), send(used)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403]);
    await refused(send(used), signIn({ challenge: 'bWFkZSB1cA' }));
    const old = await asked();
    await app.database.rows('update passkey_challenge set expires_at = now()');
    await refused(send(key.use(old)));
    const waiting = await challenge();
    await refused(send(key.use(await asked({ challenge: waiting.challenge }))));
    await refused(step(waiting, key.use(await asked())));
    await refused(signIn({ challenge: (await offered()).challenge }));
    expect(count()).toEqual({ tried: 6, letIn: 0 });
  });

  test('one signed elsewhere, for another host, within another page, or without verifying the person', async () => {
    const { refused, told: count } = attempts('passkey answers of elsewhere');
    for (const elsewhere of ['https://evil.example', 'http://localhost:4501', 'https://localhost:4500', app.url])
      await refused(signIn({ origin: elsewhere }));
    await refused(signIn({ host: 'evil.example' }), signIn({ host: '127.0.0.1' }));
    await refused(signIn({ crossOrigin: true }), signIn({ verifiesPerson: false }));
    const { status, ...counted } = { ...count(), status: (await signIn()).status };
    expect({ status, ...counted }).toEqual({ status: 200, tried: 8, letIn: 0 });
  });

  test("another's key, another's passkey as the second step, and one that names another person", async () => {
    const grace = await newPerson(app, await app.newWorkspace(), 'owner');
    const [hers] = await withPasskey(grace);
    const { refused, told: count } = attempts("another's passkeys");
    await refused(signIn({ signedBy: hers }), signIn({ signedBy: key }, hers));
    const handle = Buffer.from(grace.id.replaceAll('-', ''), 'hex').toString('base64url');
    await refused(signIn({ userHandle: handle }), signIn({ userHandle: 'AAAA' }));
    const waiting = await challenge();
    await refused(step(waiting, hers.use(await asked({ challenge: waiting.challenge }))));
    await refused(signIn({}, new TestAuthenticator(origin)));
    expect(count()).toEqual({ tried: 6, letIn: 0 });
    expect((await told('person-passkey-refused')).map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        { passkey: 'Laptop', reason: 'signature' },
        { passkey: 'Laptop', reason: 'other-person' },
      ]),
    );
  });

  test('a counter that goes back or stands still, which is told: the passkey may have been copied', async () => {
    expect((await signIn({ count: 10 })).status).toBe(200);
    const { refused, told: count } = attempts('counters that went back');
    await refused(signIn({ count: 9 }), signIn({ count: 0 }));
    await refused(signIn({ count: 10 }));
    const sameTime = await Promise.all([signIn({ count: 11 }), signIn({ count: 11 })]);
    expect(sameTime.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    expect(count()).toEqual({ tried: 3, letIn: 0 });
    const events = await told('person-passkey-refused');
    expect(events.map(({ detail }) => (detail as { reason: string }).reason)).toEqual(Array(4).fill('counter'));
  });

  test('a passkey that was removed, or whose person was disabled or removed', async () => {
    const { workspaceId, chief } = await chiefOf(ada);
    await own(`POST /people/${ada.id}/disable`, {}, chief);
    expect((await signIn()).status).toBe(403);
    await own(`POST /people/${ada.id}/enable`, {}, chief);
    const { session } = await signIn();
    ada = { ...ada, as: { cookie: session } };
    const id = await firstId();
    await own('PATCH /workspace/settings/second-factor', { requiredOf: 'nobody' });
    expect((await own(`POST /account/passkeys/${id}/removal`, { password: 'wrong' })).status).toBe(400);
    expect((await own(`POST /account/passkeys/${id}/removal`, { password })).status).toBe(200);
    expect((await signIn()).status).toBe(401);
    expect((await own('GET /account/factors')).body).toEqual({ passkeys: 0, recoveryCodesLeft: 0 });
    [key] = await withPasskey(ada);
    await ask(app, `DELETE /people/${ada.id}`, { as: chief.as });
    expect((await signIn()).status).toBe(401);
    expect(workspaceId).toBeTruthy();
  });

  test('guesses without end', async () => {
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess += 1) statuses.push((await signIn({ host: 'evil.example' })).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual([429]);
  });
});

test("nobody renames or removes another's passkey", async () => {
  const id = await firstId();
  const grace = await newPerson(app, await app.newWorkspace(), 'owner');
  expect((await own(`PATCH /account/passkeys/${id}`, { name: 'Mine' }, grace)).status).toBe(404);
  expect((await own(`POST /account/passkeys/${id}/removal`, { password }, grace)).status).toBe(404);
  expect((await own(`PATCH /account/passkeys/${id}`, { name: 'Desk' })).status).toBe(200);
  expect(await passkeys()).toMatchObject([{ name: 'Desk' }]);
  expect(await told('person-passkey-renamed')).toMatchObject([{ detail: { from: 'Laptop', to: 'Desk' } }]);
});

test('no challenge is stored, told or logged as it is', async () => {
  const { challenge: waiting } = await asked();
  const stored = JSON.stringify([await dumpAll(app.plane), app.logged]);
  const hex = Buffer.from(waiting, 'base64url').toString('hex');
  for (const secret of [waiting, hex, ...recoveryCodes]) expect(stored).not.toContain(secret);
});

/** Another owner of the workspace someone belongs to. */
async function chiefOf(who: TestPerson): Promise<{ workspaceId: string; chief: TestPerson }> {
  const { body } = await ask(app, 'GET /session', { as: who.as });
  const { id: workspaceId } = body['workspace'] as { id: string };
  return { workspaceId, chief: await newPerson(app, workspaceId, 'owner') };
}
