import { api } from '@clawster/contract/api';
import { streamCommand } from '@clawster/control-plane/command';
import { forgetIdempotencyKeys } from '@clawster/control-plane/idempotency/forget-keys';
import { authenticateApiKey } from '@clawster/control-plane/api-key/authenticate-api-key';
import { dumpAll, pretend } from '@clawster/control-plane/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { newPerson, password } from './test-people.ts';

let app: TestApp;
let workspaceId: string;
let owner: string;
let key = '';
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  workspaceId = await app.newWorkspace();
  owner = await app.cookieOf(workspaceId, 'owner');
  key = crypto.randomUUID();
});

const body = { name: 'robot', role: 'viewer' };
async function create(some: { body?: object; cookie?: string; key?: string } = {}) {
  const response = await fetch(`${app.url}/api/v1/api-keys`, {
    method: 'POST',
    headers: {
      cookie: some.cookie ?? owner,
      'content-type': 'application/json',
      'idempotency-key': some.key ?? key,
    },
    body: JSON.stringify(some.body ?? body),
  });
  return { status: response.status, answer: (await response.json()) as { value?: string; detail?: string } };
}
const made = async (cookie = owner) => {
  const response = await fetch(`${app.url}/api/v1/api-keys`, { headers: { cookie } });
  return ((await response.json()) as { total: number }).total;
};

test('what is asked twice under one key is done once, and answered alike', async () => {
  const first = await create();
  expect(first).toMatchObject({ status: 200, answer: { value: expect.stringMatching(/^claw_/) as string } });
  // The order of fields says nothing.
  expect(await create({ body: { role: 'viewer', name: 'robot' } })).toEqual(first);
  expect(await made()).toBe(1);
});

test('what is asked many times at once is done once', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => create()));
  expect(new Set(answers.map(({ answer }) => answer.value)).size).toBe(1);
  expect(await made()).toBe(1);
});

test('another request under a used key is refused, and changes nothing', async () => {
  await create();
  expect(await create({ body: { ...body, name: 'other' } })).toMatchObject({
    status: 422,
    answer: { code: 'refused', detail: expect.stringContaining('use a new one') as string },
  });
  expect(await made()).toBe(1);
});

test('a key is its caller’s own: nobody is answered what another asked', async () => {
  const first = await create();
  const colleague = await create({ cookie: await app.cookieOf(workspaceId, 'owner') });
  const stranger = await create({ cookie: await app.cookieOf(await app.newWorkspace(), 'owner') });
  expect(new Set([first, colleague, stranger].map(({ answer }) => answer.value)).size).toBe(3);
});

test('what was refused leaves no key behind', async () => {
  expect((await create({ body: { ...body, role: 'nobody' } })).status).toBe(400);
  const member = await app.cookieOf(workspaceId, 'member');
  expect((await create({ cookie: member })).status).toBe(403);
  expect((await create()).status).toBe(200);
});

test('a key that is none is refused by a sentence', async () => {
  for (const bad of ['two words', 'x'.repeat(201), 'ä'])
    expect(await create({ key: bad })).toMatchObject({
      status: 400,
      answer: { detail: expect.stringContaining('1 to 200') as string },
    });
});

test('what a route does before it writes is not done again: a passphrase that was changed is not asked for the old one', async () => {
  const { cookie = '' } = (await newPerson(app, workspaceId, 'owner')).as;
  const change = (newPassword: string) =>
    fetch(`${app.url}/api/v1/account/password`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ password, newPassword }),
    });
  const next = 'granite violin harbour seven';
  const first = await change(next);
  expect(first.status).toBe(200);
  const again = await change(next);
  expect({ status: again.status, body: await again.json() }).toEqual({ status: 200, body: await first.json() });
  expect((await change('lantern gravel otter eleven')).status).toBe(422);
});

test('an answer is kept encrypted: no key and no value of it is in the database', async () => {
  const { value = '' } = (await create()).answer;
  expect((await dumpAll(app.plane)).filter((row) => row.includes(value))).toEqual([]);
});

test('keys are forgotten after a day, and not before', async () => {
  const first = await create();
  const age = (hours: number) => pretend.keysTaken(app.plane, { hoursAgo: hours });
  await age(23);
  await forgetIdempotencyKeys(app.plane, new AbortController().signal);
  expect((await create()).answer.value).toBe(first.answer.value);
  await age(25);
  await forgetIdempotencyKeys(app.plane, new AbortController().signal);
  expect((await create()).answer.value).not.toBe(first.answer.value);
});

test('an emergency stop is never answered from memory', async () => {
  const halt = async () => {
    const response = await fetch(`${app.url}/api/v1/fleet/halt`, {
      method: 'POST',
      headers: { cookie: owner, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ mode: 'stop', bots: 'all' }),
    });
    return { status: response.status, id: ((await response.json()) as { id: string }).id };
  };
  const [first, again] = [await halt(), await halt()];
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.id).not.toBe(first.id);
});

test('what streams is begun once', async () => {
  const begun: string[] = [];
  const turn = streamCommand(api.turns.start, {
    begin: async ({ record }) => {
      await record({ type: 'turn-requested' });
      begun.push('turn');
    },
    async *stream() {},
  });
  const from = { address: '127.0.0.1', userAgent: 'test' };
  const caller = await authenticateApiKey(app.plane, await app.keyOf(workspaceId, 'owner'), from);
  if (!caller) throw new Error('The key is not let in');
  const ask = () =>
    turn(
      app.plane,
      { ...caller, idempotencyKey: key },
      {
        input: { botId: workspaceId, conversation: 'main', message: 'Hello' },
        signal: new AbortController().signal,
      },
    );
  await ask();
  await expect(ask()).rejects.toThrow('asked already');
  expect(begun).toEqual(['turn']);
});
