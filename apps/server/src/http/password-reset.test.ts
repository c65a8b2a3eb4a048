import { makeLocalResetLink } from '@clawster/control-plane/password-reset/make-local-reset-link';
import { sendAccountMails } from '@clawster/control-plane/mail/send-account-mails';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '../testing/mail-server.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, password, signedIn, soonMs, type TestPerson } from './test-people.ts';

// A forgotten passphrase: what is mailed to whom, and when a link is good.

let app: TestApp;
let server: MailServer;
let workspaceId: string;
let owner: TestPerson;
let ada: TestPerson;
const next = 'granite violin harbour seven';
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  server = await startMailServer();
  await app.database.rows(
    'delete from account_mail; delete from password_reset; delete from mail_server; delete from sign_in_attempt',
  );
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
  ada = await newPerson(app, workspaceId, 'operator');
});
afterEach(() => server.close());

async function setMail(as = owner.as, port = server.port): Promise<void> {
  const { user, password: secret } = server;
  const from = { fromName: 'Clawster', fromAddress: 'clawster@example.com' };
  const settings = { host: 'localhost', port, security: 'starttls', user, password: secret };
  const { status, body } = await ask(app, 'PUT /mail', { as, body: { ...settings, ...from } });
  expect(status, body.detail).toBe(200);
}
const forget = (email: string) => ask(app, 'POST /password-resets', { body: { email } });
const pass = () => sendAccountMails(app.plane, new AbortController().signal);
const plain = (source = '') => source.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
const tokenIn = (source?: string) => /http:\/\/127\.0\.0\.1:4500\/reset#token=([\w-]{43})/.exec(plain(source))?.[1];
const lookUp = (token: string) => ask(app, 'POST /password-resets/look-up', { body: { token } });
const use = (token: string, secret = next) =>
  ask(app, 'POST /password-resets/use', { body: { token, password: secret } });
const signIn = async (email: string, secret: string) =>
  (await ask(app, 'POST /sessions', { body: { email, password: secret } })).status;
const events = (type: string, workspace = workspaceId) =>
  app.database.rows(`select type, actor, origin, subject_name, detail from event
    where type like '${type}' and workspace_id = '${workspace}' order by id`);

async function mailedToken(email = ada.email): Promise<string> {
  expect((await forget(email)).status).toBe(200);
  await pass();
  return tokenIn(server.received.at(-1)?.source) ?? '';
}
const joinElsewhere = async (role: string, who = ada): Promise<string> => {
  const elsewhere = await app.newWorkspace();
  await app.database.rows(
    `insert into membership (workspace_id, person_id, role) values ('${elsewhere}', '${who.id}', '${role}')`,
  );
  return elsewhere;
};

describe('a link by mail', () => {
  test('leads to a new passphrase: all sessions end within a second, and it is told by mail and in the trail', async () => {
    await setMail();
    expect((await ask(app, 'GET /password-resets')).body).toEqual({ byMail: true });
    const open = await fetch(`${app.url}/api/v1/events/stream`, { headers: ada.as });
    const ended = open.text().then(() => 'ended');
    const token = await mailedToken(ada.email.toUpperCase());
    expect(server.received).toMatchObject([{ to: [ada.email], isSecure: true }]);
    expect((await lookUp(token)).body).toMatchObject({ name: ada.name, email: ada.email });
    const answer = await use(token);
    expect({ status: answer.status, body: answer.body, session: answer.session }).toEqual({
      status: 200,
      body: {},
      session: '',
    });
    expect(await Promise.race([ended, sleep(soonMs, 'open', { ref: false })])).toBe('ended');
    expect((await ask(app, 'GET /session', { as: ada.as })).status).toBe(401);
    expect([await signIn(ada.email, password), await signIn(ada.email, next)]).toEqual([401, 200]);
    await pass();
    expect(plain(server.received.at(-1)?.source)).toContain('the passphrase of your account was changed');
    expect(await events('person-%')).toMatchObject([
      { type: 'person-reset-mailed', subject_name: ada.name, origin: { address: '127.0.0.1' } },
      { type: 'person-password-changed', detail: { by: 'reset-link', madeBy: 'mail', sessions: 1 } },
    ]);
  });

  test('is good once, also for several who use it at once', async () => {
    await setMail();
    const token = await mailedToken();
    const answers = await Promise.all(Array.from({ length: 5 }, () => use(token)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 403, 403, 403, 403,
    ]);
    expect([(await use(token)).status, (await lookUp(token)).status]).toEqual([403, 403]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['half an hour old', () => app.database.rows(`update password_reset set expires_at = now()`)],
    ['followed by a newer one', () => mailedToken()],
    ['of someone who has signed in since', () => signedIn(app, ada.email)],
    [
      'of someone who has changed their passphrase since',
      async () =>
        ask(app, 'POST /account/password', {
          as: ada.as,
          body: { password, newPassword: 'tulip anvil comet prairie' },
        }),
    ],
    [
      'of someone who has changed their address since',
      () => ask(app, 'POST /account/email', { as: ada.as, body: { email: `new-${ada.email}`, password } }),
    ],
    ['of someone who belongs elsewhere since', () => joinElsewhere('viewer')],
    ['of someone who was removed', () => ask(app, `DELETE /people/${ada.id}`, { as: owner.as })],
  ])('%s opens nothing', async (_, end) => {
    await setMail();
    const token = await mailedToken();
    expect((await lookUp(token)).status).toBe(200);
    await end();
    expect([(await lookUp(token)).status, (await use(token)).status]).toEqual([403, 403]);
  });

  test('that was asked for before a sign-in, and not sent yet, is not sent', async () => {
    await setMail();
    await forget(ada.email);
    await signedIn(app, ada.email);
    await pass();
    expect(server.received).toEqual([]);
  });

  test('takes no passphrase that is easily guessed or the one there is, and stays good', async () => {
    await setMail();
    const token = await mailedToken();
    for (const secret of [`${ada.email}${ada.email}`, 'short', password]) {
      const { status, body } = await use(token, secret);
      expect({ status, path: body.issues?.[0]?.path }).toEqual({ status: 400, path: 'password' });
    }
    expect((await use(token)).status).toBe(200);
  });

  test('passes no second factor by', async () => {
    await setMail();
    await app.database.rows(`insert into totp (person_id, kek_id, nonce, ciphertext, confirmed_at)
      values ('${ada.id}', 'k', '\\x00', '\\x00', now())`);
    const token = await mailedToken();
    expect(await use(token)).toMatchObject({ status: 200, session: '' });
    const { body, session } = await ask(app, 'POST /sessions', { body: { email: ada.email, password: next } });
    expect({ state: body['state'], session }).toEqual({ state: 'second-step', session: '' });
  });

  test('lets in whoever guessed wrong too often before', async () => {
    await setMail();
    for (let guess = 0; guess < 11; guess += 1) await signIn(ada.email, 'wrong');
    expect(await signIn(ada.email, password)).toBe(429);
    expect((await use(await mailedToken())).status).toBe(200);
    expect(await signIn(ada.email, next)).toBe(200);
  });

  test('waits for a server that is away, with another token each time, and is told once', async () => {
    await setMail();
    await server.close();
    await forget(ada.email);
    await pass();
    const due = () => app.database.rows('update account_mail set next_try_at = now()');
    await due();
    await pass();
    expect(await events('person-reset-%')).toMatchObject([
      { type: 'person-reset-mail-failed', detail: { reason: expect.stringContaining('refuses connections') } },
    ]);
    server = await startMailServer({ port: server.port });
    await due();
    await pass();
    expect((await use(tokenIn(server.received[0]?.source) ?? '')).status).toBe(200);
  });
});

describe('no link is mailed', () => {
  test.each<[string, () => Promise<unknown>, string, string | undefined]>([
    [
      'to who signs in at a provider alone, who is told so',
      () => app.database.rows(`update person set password_hash = null where id = '${ada.id}'`),
      "organisation's identity provider",
      undefined,
    ],
    ['where not all workspaces send by the same server', () => joinElsewhere('viewer'), 'reset-link', 'several'],
    [
      'by the server of someone who may do less',
      async () => {
        const admin = await newPerson(app, workspaceId, 'admin');
        await setMail(admin.as);
        await app.database.rows(`update membership set role = 'owner' where person_id = '${ada.id}'`);
      },
      'reset-link',
      'may do less',
    ],
  ])('%s', async (_, before, sentence, reason) => {
    await setMail();
    await before();
    await forget(ada.email);
    await pass();
    expect(server.received).toHaveLength(1);
    expect(plain(server.received[0]?.source)).toContain(sentence);
    expect(tokenIn(server.received[0]?.source)).toBeUndefined();
    expect(await app.database.rows(`select * from password_reset where person_id = '${ada.id}'`)).toEqual([]);
    if (reason)
      expect((await events('person-reset-mail-failed'))[0]?.['detail']).toMatchObject({
        reason: expect.stringContaining(reason),
      });
  });

  test('to an address nobody has, or who is disabled; the answers are the same', async () => {
    await setMail();
    await ask(app, `POST /people/${ada.id}/disable`, { as: owner.as });
    const answers = [await forget('nobody@example.com'), await forget(ada.email), await forget(owner.email)];
    expect(answers.map(({ status, body }) => ({ status, body }))).toEqual(Array(3).fill({ status: 200, body: {} }));
    await pass();
    expect(server.received.map(({ to }) => to)).toEqual([[owner.email]]);
    expect(await app.database.rows('select * from account_mail')).toEqual([]);
  });

  test('without a mail server, which the sign-in page and the trail say', async () => {
    expect((await ask(app, 'GET /password-resets')).body).toEqual({ byMail: false });
    await forget(ada.email);
    await pass();
    expect(await events('person-reset-mail-failed')).toMatchObject([
      { detail: { reason: expect.stringContaining('no mail server') } },
    ]);
  });

  test('more often than five times for one address from one network', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 7; time += 1) statuses.push((await forget('nobody@example.com')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  });
});

describe('a link of an owner', () => {
  const make = (who: TestPerson, as = owner.as) => ask(app, `POST /people/${who.id}/reset-link`, { as });
  const tokenOf = ({ body }: Awaited<ReturnType<typeof make>>) => String(body['link']).split('#token=')[1] ?? '';

  test('is good once, and told in the trail without its token', async () => {
    const made = await make(ada);
    expect(made.status, made.body.detail).toBe(200);
    const token = tokenOf(made);
    expect((await use(token)).status).toBe(200);
    expect([await signIn(ada.email, next), (await use(token)).status]).toEqual([200, 403]);
    expect(await events('person-reset-%')).toMatchObject([{ type: 'person-reset-link-made', actor: { id: owner.id } }]);
    const told = JSON.stringify([
      await events('%'),
      await app.database.rows('select * from password_reset'),
      app.logged,
    ]);
    expect(told).not.toContain(token);
  });

  test('is not made for who belongs elsewhere, by who is no owner, by a key, for oneself, nor for a stranger', async () => {
    const both = await newPerson(app, workspaceId, 'viewer');
    await joinElsewhere('viewer', both);
    const admin = await newPerson(app, workspaceId, 'admin');
    const key = { authorization: `Bearer ${await app.keyOf(workspaceId, 'owner')}` };
    const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
    const refused = [
      await make(both),
      await make(ada, admin.as),
      await make(owner, admin.as),
      await make(ada, ada.as),
      await make(ada, key),
      await make(owner),
      await make(ada, stranger.as),
      await make(stranger),
    ];
    expect(refused.map(({ status }) => status)).toEqual([422, 403, 403, 403, 403, 422, 404, 404]);
    expect(await app.database.rows('select * from password_reset')).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['its person belongs elsewhere', () => joinElsewhere('member')],
    [
      'its owner is one no more',
      () => app.database.rows(`update membership set role = 'admin' where person_id = '${owner.id}'`),
    ],
    [
      'its owner is disabled',
      () => app.database.rows(`update membership set disabled_at = now() where person_id = '${owner.id}'`),
    ],
    ['its owner is gone', () => app.database.rows(`delete from person where id = '${owner.id}'`)],
  ])('is good no more once %s', async (_, end) => {
    const token = tokenOf(await make(ada));
    expect((await lookUp(token)).status).toBe(200);
    await end();
    expect([(await lookUp(token)).status, (await use(token)).status]).toEqual([403, 403]);
  });
});

test('a link of the machine is for the only owner too, of however many workspaces, and told in each', async () => {
  const elsewhere = await joinElsewhere('owner', owner);
  const { link } = await makeLocalResetLink(app.plane, { email: owner.email, url: app.url });
  expect((await use(link.split('#token=')[1] ?? '')).status).toBe(200);
  expect(await signIn(owner.email, next)).toBe(200);
  for (const workspace of [workspaceId, elsewhere])
    expect(await events('person-%', workspace)).toMatchObject([
      { type: 'person-reset-link-made', actor: { kind: 'system' }, detail: { by: 'machine' } },
      { type: 'person-password-changed', detail: { madeBy: 'machine' } },
    ]);
  await expect(makeLocalResetLink(app.plane, { email: 'nobody@example.com', url: app.url })).rejects.toThrow('Nobody');
});

test('a passphrase that its person changed is told them by mail', async () => {
  await setMail();
  await ask(app, 'POST /account/password', { as: ada.as, body: { password, newPassword: next } });
  await pass();
  expect(server.received).toMatchObject([{ to: [ada.email] }]);
});
