import { issueSetupToken } from '@clawster/control-plane/setup/issue-setup-token';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';

let app: TestApp;
const owner = { name: 'Ada', email: 'ada@example.com', password: 'walnut ferry copper lantern' };
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

/** What these tests read of the answers. */
type Body = {
  detail?: string;
  issues?: { path: string }[];
  items?: { id: string; current: boolean }[];
  value?: string;
  apiKey?: { id: string };
};

async function ask(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}) {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: { ...(options.body ? { 'content-type': 'application/json' } : {}), ...options.headers },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const cookie = response.headers.get('set-cookie') ?? '';
  return {
    status: response.status,
    body: (await response.json()) as Body,
    cookie,
    session: cookie.split(';')[0] ?? '',
  };
}
const signIn = (password = owner.password, email = owner.email) =>
  ask('POST', '/sessions', { body: { email, password } });
const withCookie = (session: string) => ({ headers: { cookie: session } });

/** Looks behind row-level security. */
async function rows(query: string): Promise<Record<string, unknown>[]> {
  const admin = new pg.Client({ connectionString: app.database.adminUrl });
  await admin.connect();
  try {
    return (await admin.query(query)).rows as Record<string, unknown>[];
  } finally {
    await admin.end();
  }
}

describe('from the first visit on', () => {
  let token: string;

  test('set-up is needed, and only the newest token opens it', async () => {
    expect((await ask('GET', '/status')).body).toMatchObject({ product: 'clawster', setup: 'needed' });
    const older = (await issueSetupToken(app.plane)) as string;
    token = (await issueSetupToken(app.plane)) as string;
    expect((await ask('POST', '/setup', { body: { ...owner, token: older } })).status).toBe(403);
  });

  test.each([
    ['a short password', { password: 'too short' }, 'password'],
    ['a long password that is easily guessed', { password: 'passwordpassword1' }, 'password'],
    ['the own name and address', { password: 'ada@example.com' }, 'password'],
    ['no e-mail address', { email: 'ada' }, 'email'],
  ])('%s is refused at its field, and does not use the token up', async (_, wrong, path) => {
    const { status, body } = await ask('POST', '/setup', { body: { ...owner, token, ...wrong } });
    expect(status).toBe(400);
    expect(body.issues?.[0]).toMatchObject({ path });
  });

  test('of several who use the token at once, one becomes the owner', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        ask('POST', '/setup', {
          body: { ...owner, email: index === 0 ? owner.email : `other${index}@example.com`, token },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 403, 403, 403, 403,
    ]);
    expect(await rows('select id from workspace')).toHaveLength(1);
    expect(await rows('select id from person')).toHaveLength(1);
    await rows(`update person set email = '${owner.email}'`);
    const [winner] = answers.filter(({ status }) => status === 200);
    expect(winner?.cookie).toMatch(/^clawster-session-4500=\S+; Path=\/; HttpOnly; SameSite=Lax; Expires=/);
    // To the end of the session, however long it may lie unused: that is judged here.
    const expires = new Date(/Expires=([^;]+)/.exec(winner?.cookie ?? '')?.[1] ?? 0).getTime();
    expect((expires - Date.now()) / 3_600_000).toBeCloseTo(12, 1);
    expect((await ask('GET', '/session', withCookie(winner?.session ?? ''))).body).toMatchObject({
      role: 'owner',
      workspace: { name: 'My workspace' },
    });
  });

  test('set-up is done: no token is given out any more', async () => {
    expect(await issueSetupToken(app.plane)).toBeUndefined();
    expect((await ask('GET', '/status')).body).toMatchObject({ setup: 'done' });
  });

  test('a newcomer finds this machine and the demo model', async () => {
    const { session } = await signIn();
    expect((await ask('GET', '/targets', withCookie(session))).body).toMatchObject({
      items: [{ kind: 'process' }],
      total: 1,
    });
    expect((await ask('GET', '/connectors', withCookie(session))).body).toMatchObject({
      items: [{ provider: 'demo' }],
      total: 1,
    });
  });

  test('a wrong password and an unknown e-mail are answered alike, and the first leaves an event', async () => {
    const [wrong, unknown] = [await signIn('wrong'), await signIn('wrong', 'nobody@example.com')];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body.detail).toBe(unknown.body.detail);
    expect(await rows("select type from event where type = 'session-refused'")).toHaveLength(1);
  });

  test('signing out closes the session at once', async () => {
    const { session } = await signIn();
    expect((await ask('GET', '/session', withCookie(session))).status).toBe(200);
    const out = await ask('DELETE', '/session', withCookie(session));
    expect(out.cookie).toContain('Expires=Thu, 01 Jan 1970');
    expect((await ask('GET', '/session', withCookie(session))).status).toBe(401);
  });

  test('revoking another session closes it at once', async () => {
    const [mine, lost] = [await signIn(), await signIn()];
    expect((await ask('GET', '/session', withCookie(lost.session))).status).toBe(200);
    const { body } = await ask('GET', '/sessions', withCookie(lost.session));
    const id = body.items?.find(({ current }) => current)?.id;
    expect((await ask('DELETE', `/sessions/${id}`, withCookie(mine.session))).status).toBe(200);
    expect((await ask('GET', '/session', withCookie(lost.session))).status).toBe(401);
    expect((await ask('DELETE', `/sessions/${id}`, withCookie(mine.session))).status).toBe(404);
  });

  test.each(['session', 'API key'])('a live stream ends when its %s is revoked', async (credential) => {
    const mine = await signIn();
    const lost = await signIn();
    const key = await ask('POST', '/api-keys', { ...withCookie(mine.session), body: { name: 'CI', role: 'viewer' } });
    const { body } = await ask('GET', '/sessions', withCookie(lost.session));
    const sessionId = body.items?.find(({ current }) => current)?.id;
    const [headers, place] =
      credential === 'session'
        ? [{ cookie: lost.session }, `/sessions/${sessionId}`]
        : [{ authorization: `Bearer ${key.body.value}` }, `/api-keys/${key.body.apiKey?.id}`];
    const stream = await fetch(`${app.url}/api/v1/events/stream`, { headers });
    expect(stream.status).toBe(200);
    const ended = stream.text();
    expect((await ask('DELETE', place, withCookie(mine.session))).status).toBe(200);
    expect(await Promise.race([ended.then(() => 'ended'), sleep(5_000, 'open', { ref: false })])).toBe('ended');
    expect((await fetch(`${app.url}/api/v1/events/stream`, { headers })).status).toBe(401);
  });

  test('a session that has run out lets nobody in', async () => {
    const { session } = await signIn();
    await rows("update session set expires_at = now() - interval '1 second'");
    expect((await ask('GET', '/session', withCookie(session))).status).toBe(401);
  });

  test('an API key works until it is revoked, and never shows its value again', async () => {
    const { session } = await signIn();
    const made = await ask('POST', '/api-keys', { ...withCookie(session), body: { name: 'CI', role: 'viewer' } });
    const { value, apiKey } = made.body;
    expect(value).toMatch(/^claw_[\w-]{49}$/);
    const bearer = { headers: { authorization: `Bearer ${value}` } };
    expect((await ask('GET', '/session', bearer)).body).toMatchObject({
      caller: { kind: 'api-key', name: 'CI' },
      role: 'viewer',
    });
    expect((await ask('POST', '/bots', { ...bearer, body: { name: 'x' } })).status).toBe(403);
    expect(JSON.stringify((await ask('GET', '/api-keys', withCookie(session))).body)).not.toContain(value);
    expect((await ask('DELETE', `/api-keys/${apiKey?.id}`, withCookie(session))).status).toBe(200);
    expect((await ask('GET', '/session', bearer)).status).toBe(401);
  });

  test('no token, key or password is stored or logged as it is', async () => {
    const { session } = await signIn();
    const secret = session.split('=')[1] as string;
    const stored = JSON.stringify([
      await rows('select * from session'),
      await rows('select * from event'),
      await rows('select * from person'),
    ]);
    for (const text of [secret, token, owner.password]) {
      expect(stored).not.toContain(text);
      expect(app.logged.join('')).not.toContain(text);
    }
  });

  test('guessing is slowed', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1)
      statuses.push((await signIn('wrong', 'guess@example.com')).status);
    expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });
});
