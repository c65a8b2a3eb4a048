import { sendMails } from '@clawster/control-plane/mail/send-mails';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type MailServer, startMailServer } from '../testing/mail-server.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, password, type TestPerson } from './test-people.ts';

let app: TestApp;
let server: MailServer;
let workspaceId: string;
let owner: TestPerson;
let count = 0;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  server = await startMailServer();
  workspaceId = await app.newWorkspace();
  owner = await newPerson(app, workspaceId, 'owner');
});
afterEach(() => server.close());

const settings = (more: object = {}) => ({
  host: 'localhost',
  port: server.port,
  security: 'starttls',
  user: server.user,
  password: server.password,
  fromName: 'Clawster',
  fromAddress: 'clawster@example.com',
  ...more,
});
const set = (more: object = {}, as = owner.as) => ask(app, 'PUT /mail', { as, body: settings(more) });
const pass = () => sendMails(app.plane, new AbortController().signal);
const dueNow = () => app.database.rows('update invitation_mail set next_try_at = now() where next_try_at is not null');
const secrets = () => app.database.rows(`select owner_kind from secret where workspace_id = '${workspaceId}'`);
const events = (noun: string) =>
  app.database.rows(`select type, subject_name, detail from event
    where type like '${noun}-%' and workspace_id = '${workspaceId}' order by id`);

async function invite() {
  const email = `grace${(count += 1)}@example.com`;
  const { status, body } = await ask(app, 'POST /invitations', {
    as: owner.as,
    body: { email, role: 'viewer', delivery: 'mail' },
  });
  return { status, body, email, id: (body['invitation'] as { id?: string } | undefined)?.id ?? '' };
}
const mailOf = async (email: string) =>
  ((await ask(app, 'GET /invitations', { as: owner.as })).body.items ?? []).find((one) => one['email'] === email)?.[
    'mail'
  ];
const linkIn = (source = '') =>
  /http:\/\/127\.0\.0\.1:4500\/invite#token=([\w-]{43})/.exec(source.replaceAll(/=\r\n/g, '').replaceAll('=3D', '='));

describe('an invitation by mail', () => {
  test('is sent once over STARTTLS, leads to an account, and its token is kept no longer', async () => {
    expect((await set()).status).toBe(200);
    const { status, body, email } = await invite();
    expect({ status, link: body['link'] }).toEqual({ status: 200, link: undefined });
    expect(await mailOf(email)).toEqual({ state: 'waiting' });
    expect(await secrets()).toContainEqual({ owner_kind: 'invitation' });
    await Promise.all([pass(), pass(), pass()]);
    await pass();
    expect(server.received).toMatchObject([{ from: 'clawster@example.com', to: [email], isSecure: true }]);
    expect(server.received[0]?.source).toContain('Subject: Join Test on Clawster');
    expect(await mailOf(email)).toMatchObject({ state: 'sent' });
    expect(await secrets()).not.toContainEqual({ owner_kind: 'invitation' });
    const token = linkIn(server.received[0]?.source)?.[1];
    const accepted = await ask(app, 'POST /invitations/accept', { body: { token, name: 'Grace', password } });
    expect({ status: accepted.status, detail: accepted.body.detail }).toEqual({ status: 200, detail: undefined });
    expect(await events('invitation')).toMatchObject([
      { type: 'invitation-created', detail: { delivery: 'mail' } },
      { type: 'invitation-mailed', subject_name: email },
      { type: 'invitation-accepted' },
    ]);
  });

  test('waits for a server that is away, says why and when it is tried next, and is sent when it is back', async () => {
    await set();
    await server.close();
    const { email } = await invite();
    await pass();
    const failing = {
      state: 'failing',
      reason: expect.stringContaining('refuses connections'),
      nextTryAt: expect.any(String),
    };
    expect(await mailOf(email)).toEqual(failing);
    await pass();
    await dueNow();
    await pass();
    expect(await mailOf(email)).toEqual(failing);
    expect((await app.database.rows('select tries from invitation_mail where next_try_at is not null')).at(-1)).toEqual(
      { tries: 2 },
    );
    // The same trouble twice is told once.
    expect((await events('invitation')).filter(({ type }) => type === 'invitation-mail-failed')).toHaveLength(1);
    server = await startMailServer({ port: server.port });
    await pass();
    expect(server.received).toEqual([]);
    await dueNow();
    await pass();
    expect(server.received).toMatchObject([{ to: [email] }]);
    expect(await mailOf(email)).toMatchObject({ state: 'sent' });
  });

  test('is tried at once when the settings were mended', async () => {
    await set();
    const { email } = await invite();
    await app.database.rows(
      `update mail_server set settings = settings || '{"port": 1}' where workspace_id = '${workspaceId}'`,
    );
    await pass();
    expect(await mailOf(email)).toMatchObject({ state: 'failing' });
    await set();
    await pass();
    expect(await mailOf(email)).toMatchObject({ state: 'sent' });
  });

  test('to an address that is refused is tried no more, and its token is forgotten', async () => {
    await set();
    const { email } = await invite();
    server.refused.add(email);
    await pass();
    expect(await mailOf(email)).toEqual({
      state: 'failed',
      reason: expect.stringContaining('refused the recipient (550)'),
    });
    expect(await secrets()).not.toContainEqual({ owner_kind: 'invitation' });
    await dueNow();
    await pass();
    expect(server.received).toEqual([]);
  });

  test('that was revoked is not sent, and its token is forgotten', async () => {
    await set();
    const { id } = await invite();
    expect((await ask(app, `DELETE /invitations/${id}`, { as: owner.as })).status).toBe(200);
    await pass();
    expect(server.received).toEqual([]);
    expect(await secrets()).not.toContainEqual({ owner_kind: 'invitation' });
  });

  test('is refused without a mail server', async () => {
    const { status, body } = await invite();
    expect({ status, detail: body.detail }).toMatchObject({
      status: 404,
      detail: expect.stringContaining('no mail server'),
    });
  });

  test('of a workspace whose name tries to be a header is one mail to one person', async () => {
    await set();
    await app.database.rows(
      `update workspace set name = E'Acme\\r\\nBcc: all@example.com\\r\\n' where id = '${workspaceId}'`,
    );
    const { email } = await invite();
    await pass();
    const [mail] = server.received;
    expect(mail?.to).toEqual([email]);
    expect(mail?.source.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
  });
});

describe('the mail server', () => {
  test('is shown without its password, tested and removed', async () => {
    await set();
    const { password: _, ...shown } = settings();
    expect((await ask(app, 'GET /mail', { as: owner.as })).body).toMatchObject({
      server: { ...shown, hasPassword: true },
    });
    const tested = await ask(app, 'POST /mail/test', { as: owner.as, body: { to: 'ada@example.com' } });
    expect(tested.body).toMatchObject({ ok: true });
    expect(server.received).toMatchObject([{ to: ['ada@example.com'] }]);
    expect((await ask(app, 'DELETE /mail', { as: owner.as })).status).toBe(200);
    expect((await ask(app, 'GET /mail', { as: owner.as })).body).toEqual({});
    expect(await secrets()).toEqual([]);
    expect(await events('mail')).toMatchObject([
      { type: 'mail-set', detail: { after: { password: '(secret)' } } },
      { type: 'mail-tested', subject_name: 'ada@example.com' },
      { type: 'mail-removed' },
    ]);
  });

  test.each([
    ['a wrong password', { password: 'wrong' }, 'password', 'refused user and password'],
    ['no password', { password: undefined }, 'password', 'Enter the password'],
    ['a way in the clear over the network', { host: 'smtp.example.com', security: 'none' }, 'security', 'in the clear'],
    ['TLS where there is none', { security: 'tls' }, 'host', 'security and port'],
    ['a metadata service', { host: '169.254.169.254' }, 'host', 'does not connect'],
    ['a name nobody has', { host: 'smtp.invalid' }, 'host', 'spelling'],
    ['a name of several lines', { fromName: 'Ada\r\nBcc: all@example.com' }, 'fromName', 'line breaks'],
    ['a password of several lines', { password: 'a\r\nb' }, 'password', 'line breaks'],
  ])('%s is refused at its field, and nothing is saved', async (_, more, path, sentence) => {
    const { status, body } = await set(more);
    expect({ status, issue: body.issues?.[0] }).toEqual({
      status: 400,
      issue: { path, message: expect.stringContaining(sentence) },
    });
    expect((await ask(app, 'GET /mail', { as: owner.as })).body).toEqual({});
  });

  test('without STARTTLS is not spoken to in the clear', async () => {
    const plain = await startMailServer({ hasTls: false });
    expect((await set({ port: plain.port })).status).toBe(400);
    expect((await set({ port: plain.port, security: 'none', user: undefined, password: undefined })).status).toBe(200);
    await plain.close();
  });

  test('gets the stored password only at the host and user it was entered for', async () => {
    await set();
    expect((await set({ password: undefined, fromName: 'Acme' })).status).toBe(200);
    for (const more of [{ host: '127.0.0.1' }, { user: 'another' }, { port: 26 }])
      expect((await set({ ...more, password: undefined })).body.issues?.[0]).toMatchObject({ path: 'password' });
  });

  test('of another workspace is neither seen nor used', async () => {
    await set();
    const stranger = await newPerson(app, await app.newWorkspace(), 'owner');
    expect((await ask(app, 'GET /mail', { as: stranger.as })).body).toEqual({});
    expect((await ask(app, 'POST /mail/test', { as: stranger.as, body: { to: 'a@example.com' } })).status).toBe(404);
    expect((await ask(app, 'DELETE /mail', { as: stranger.as })).status).toBe(404);
  });
});

test('neither link nor password is in any answer, event, row or log', async () => {
  const lines: unknown[] = [];
  app.plane.log = (...line) => void lines.push(line);
  await set();
  const { body } = await invite();
  const before = await app.database.rows('select t::text from secret t');
  await pass();
  const token = linkIn(server.received[0]?.source)?.[1] as string;
  expect(token).toHaveLength(43);
  const told = JSON.stringify([
    body,
    before,
    (await ask(app, 'GET /mail', { as: owner.as })).body,
    (await ask(app, 'GET /invitations', { as: owner.as })).body,
    (await ask(app, 'GET /events?limit=200', { as: owner.as })).body,
    await Promise.all(
      ['event', 'invitation', 'invitation_mail', 'mail_server'].map((table) =>
        app.database.rows(`select t::text from ${table} t`),
      ),
    ),
    app.logged,
    lines,
  ]);
  expect(told).not.toContain(token);
  expect(told).not.toContain(server.password);
});
