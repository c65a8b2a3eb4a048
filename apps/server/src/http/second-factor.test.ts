import { setTimeout as sleep } from 'node:timers/promises';
import { totpCode } from '@clawster/control-plane/second-factor/totp';
import { dumpAll } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, type Credential, newPerson, password, type TestPerson } from './test-people.ts';

let app: TestApp;
let ada: TestPerson;
let secret: string;
let recoveryCodes: string[];
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  ada = await newPerson(app, await app.newWorkspace(), 'owner');
  [secret, recoveryCodes] = await enrol(ada);
  await forgetUse();
});

/** The code of so many steps from now. */
const code = (steps = 0) => totpCode(secret, new Date(Date.now() + steps * 30_000));
/** As if half an hour had passed: all codes are fresh again. */
const forgetUse = () =>
  app.database.rows(`update totp set used_step = 0 where person_id = '${ada.id}'; delete from sign_in_attempt`);
const own = (line: Parameters<typeof ask>[1], body: unknown = { password }, who = ada) =>
  ask(app, line, { as: who.as, body });

async function enrol(who: TestPerson): Promise<[string, string[]]> {
  const { body } = await own('POST /account/totp', { password }, who);
  const offered = body['secret'] as string;
  const confirmed = await own('POST /account/totp/confirm', { code: totpCode(offered, new Date()) }, who);
  return [offered, confirmed.body['recoveryCodes'] as string[]];
}

async function challenge(more = {}): Promise<string> {
  const { body, session } = await ask(app, 'POST /sessions', { body: { email: ada.email, password, ...more } });
  expect({ state: body['state'], session }).toEqual({ state: 'second-step', session: '' });
  return body['challenge'] as string;
}
const step = (asked: string, given = code(), factor = 'totp') =>
  ask(app, 'POST /sessions/second-step', { body: { challenge: asked, factor, code: given } });
/** Far enough from the next half minute that a code does not age while it travels. */
async function midStep(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 8_000) await sleep(left + 100);
}

test('a password that is right opens nothing but the second step, and the code of the app opens a session', async () => {
  const asked = await challenge();
  const tokens: Credential[] = [
    { cookie: `clawster-session-4500=${asked}` },
    { authorization: `Bearer claw_${asked}` },
  ];
  for (const as of tokens) expect((await ask(app, 'GET /session', { as })).status).toBe(401);
  const { status, session } = await step(asked);
  expect(status).toBe(200);
  expect((await ask(app, 'GET /session', { as: { cookie: session } })).body).toMatchObject({ role: 'owner' });
});

test('an app that was offered asks for nothing until a first code confirms it, and replaces the one before', async () => {
  const before = secret;
  const { body } = await own('POST /account/totp');
  expect(body['uri']).toMatch(new RegExp(`^otpauth://totp/Clawster:.*secret=${String(body['secret'])}`));
  expect((await own('POST /account/totp/confirm', { code: '000000' })).body.issues).toMatchObject([{ path: 'code' }]);
  expect((await step(await challenge())).status).toBe(200);
  secret = body['secret'] as string;
  expect((await own('POST /account/totp/confirm', { code: code() })).status).toBe(200);
  expect((await own('POST /account/totp/confirm', { code: code() })).status).toBe(409);
  await forgetUse();
  expect((await step(await challenge(), totpCode(before, new Date()))).status).toBe(401);
  expect((await step(await challenge())).status).toBe(200);
});

test('a new second factor closes the sessions that were opened without it', async () => {
  const grace = await newPerson(app, await app.newWorkspace(), 'admin');
  const { session } = await ask(app, 'POST /sessions', { body: { email: grace.email, password } });
  await enrol(grace);
  const is = async (as: Record<string, string>) => (await ask(app, 'GET /session', { as })).status;
  expect([await is({ cookie: session }), await is(grace.as)]).toEqual([401, 200]);
});

describe('what must not let in', () => {
  test('a code used before, also when two bring it at once, and those before it', async () => {
    await midStep();
    const { refused, told } = attempts('replayed codes');
    const used = code();
    const both = await Promise.all([step(await challenge(), used), step(await challenge(), used)]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    for (const steps of [0, -1]) await refused(step(await challenge(), code(steps)));
    expect((await step(await challenge(), code(1))).status).toBe(200);
    await refused(step(await challenge(), used), step(await challenge(), code(1)));
    expect(told()).toEqual({ tried: 4, letIn: 0 });
  });

  test('a code of further away than one step', async () => {
    await midStep();
    const { refused, told } = attempts('codes outside of the window');
    for (const steps of [-20, -3, -2, 2, 3, 20]) await refused(step(await challenge(), code(steps)));
    expect(told()).toEqual({ tried: 6, letIn: 0 });
    for (const steps of [-1, 0, 1]) expect((await step(await challenge(), code(steps))).status).toBe(200);
  });

  test('a challenge that was used, tried five times, is too old, made up, or of before the password changed', async () => {
    const { refused, told } = attempts('challenges that are no good');
    const used = await challenge();
    expect((await step(used)).status).toBe(200);
    await forgetUse();
    await refused(step(used), step('made-up'), step(''));
    const tried = await challenge();
    for (let guess = 0; guess < 5; guess += 1) await refused(step(tried, '000000'));
    await refused(step(tried));
    const old = await challenge();
    await app.database.rows(`update sign_in_challenge set expires_at = now()`);
    await refused(step(old));
    await forgetUse();
    const outdated = await challenge();
    await own('POST /account/password', { password, newPassword: 'granite violin harbour seven' });
    await refused(step(outdated));
    expect(told()).toEqual({ tried: 11, letIn: 0 });
  });

  test('guesses, however many passwords are entered in between', async () => {
    const { refused, told } = attempts('guessed codes');
    for (let guess = 0; guess < 10; guess += 1) await refused(step(await challenge(), String(guess).padStart(6, '0')));
    await app.database.rows(`delete from sign_in_attempt where key like 'pair%'`);
    const { status } = await step(await challenge());
    expect({ status, ...told() }).toEqual({ status: 429, tried: 10, letIn: 0 });
  });

  test("a code of another's app, and another's recovery code", async () => {
    const grace = await newPerson(app, await app.newWorkspace(), 'owner');
    const [hers, codes] = await enrol(grace);
    const { refused, told } = attempts("another's codes");
    await refused(step(await challenge(), totpCode(hers, new Date())));
    for (const one of codes.slice(0, 3)) await refused(step(await challenge(), one, 'recovery-code'));
    await refused(step(await challenge(), recoveryCodes[0], 'totp'), step(await challenge(), code(), 'recovery-code'));
    expect(told()).toEqual({ tried: 6, letIn: 0 });
  });
});

describe('a recovery code', () => {
  test('lets in once, is told, and is counted', async () => {
    const [first = ''] = recoveryCodes;
    const both = await Promise.all([
      step(await challenge(), first, 'recovery-code'),
      step(await challenge(), first.toUpperCase().replaceAll('-', ' '), 'recovery-code'),
    ]);
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 401]);
    expect((await ask(app, 'GET /account/factors', { as: ada.as })).body).toMatchObject({ recoveryCodesLeft: 9 });
    const { body } = await ask(app, 'GET /events?type=person-recovery-code-used', { as: ada.as });
    expect(body.items).toHaveLength(1);
  });

  test('is no good once fresh ones were made, for which the passphrase is needed', async () => {
    expect((await own('POST /account/recovery-codes', { password: 'wrong' })).status).toBe(400);
    const { body } = await own('POST /account/recovery-codes');
    expect((await step(await challenge(), recoveryCodes[0], 'recovery-code')).status).toBe(401);
    expect((await step(await challenge(), (body['recoveryCodes'] as string[])[0], 'recovery-code')).status).toBe(200);
  });
});

test('an invitation is accepted with the second step, not before', async () => {
  const workspaceId = await app.newWorkspace();
  const host = await newPerson(app, workspaceId, 'owner');
  const { body } = await ask(app, 'POST /invitations', { as: host.as, body: { email: ada.email, role: 'viewer' } });
  const invitation = (body as { link?: string }).link?.split('=')[1];
  const asked = await challenge({ invitation });
  expect((await ask(app, 'GET /people', { as: host.as })).body).toMatchObject({ total: 1 });
  expect((await step(asked)).body).toMatchObject({ role: 'viewer', workspace: { id: workspaceId } });
});

test('the factor is removed with the passphrase, and its recovery codes with it', async () => {
  await ask(app, 'PATCH /workspace/settings/second-factor', { as: ada.as, body: { requiredOf: 'nobody' } });
  expect((await own('POST /account/totp/removal', { password: 'wrong' })).status).toBe(400);
  expect((await own('POST /account/totp/removal')).status).toBe(200);
  expect((await ask(app, 'GET /account/factors', { as: ada.as })).body).toEqual({ passkeys: 0, recoveryCodesLeft: 0 });
  const { body } = await ask(app, 'POST /sessions', { body: { email: ada.email, password } });
  expect(body['state']).toBe('signed-in');
  expect((await own('POST /account/recovery-codes')).status).toBe(422);
});

test('no secret, code or challenge is stored, told or logged as it is', async () => {
  const asked = await challenge();
  const stored = JSON.stringify([await dumpAll(app.plane), app.logged, await app.database.rows('select * from totp')]);
  const base32 = secret.split('').map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter));
  const bits = base32.map((five) => five.toString(2).padStart(5, '0')).join('');
  const hex = (bits.match(/.{8}/g) ?? [])
    .map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, '0'))
    .join('');
  for (const text of [secret, hex, asked, ...recoveryCodes]) expect(stored).not.toContain(text);
});
