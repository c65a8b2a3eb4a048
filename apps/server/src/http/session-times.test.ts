import type { Role } from '@clawster/contract/permission';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';

let app: TestApp;
let workspaceId: string;
beforeAll(async () => {
  app = await testApp();
  workspaceId = await app.newWorkspace();
});
afterAll(() => app.close());

const ask = async (cookie: string) => (await fetch(`${app.url}/api/v1/session`, { headers: { cookie } })).status;

/** A session of that role which was opened, and last used, so long ago. */
async function sessionOf(role: Role, ago: { opened: string; used: string }): Promise<string> {
  const cookie = await app.cookieOf(workspaceId, role);
  await app.database.rows(`
    update session set created_at = now() - interval '${ago.opened}', last_seen_at = now() - interval '${ago.used}'
    where id = (select id from session order by created_at desc limit 1)`);
  return cookie;
}

test.each<[Role, { opened: string; used: string }, 'open' | 'ended']>([
  ['owner', { opened: '1 hour', used: '29 minutes' }, 'open'],
  ['owner', { opened: '1 hour', used: '31 minutes' }, 'ended'],
  ['admin', { opened: '1 hour', used: '31 minutes' }, 'ended'],
  ['owner', { opened: '11 hours 59 minutes', used: '1 second' }, 'open'],
  ['owner', { opened: '12 hours 1 minute', used: '1 second' }, 'ended'],
  ['admin', { opened: '12 hours 1 minute', used: '1 second' }, 'ended'],
  ['operator', { opened: '6 days', used: '6 days' }, 'open'],
  ['operator', { opened: '8 days', used: '8 days' }, 'ended'],
  ['viewer', { opened: '29 days', used: '1 day' }, 'open'],
  ['viewer', { opened: '31 days', used: '1 day' }, 'ended'],
])('the session of an %s, %o, is %s', async (role, ago, state) => {
  expect(await ask(await sessionOf(role, ago))).toBe(state === 'open' ? 200 : 401);
});

test('a session slides with its use', async () => {
  const cookie = await sessionOf('owner', { opened: '1 hour', used: '20 minutes' });
  expect(await ask(cookie)).toBe(200);
  const [{ left } = { left: 0 }] = (await app.database.rows(`
    select extract(epoch from expires_at - now())::float8 as left from session
    order by last_seen_at desc limit 1`)) as { left: number }[];
  expect(left / 60).toBeGreaterThan(29);
  expect(left / 60).toBeLessThanOrEqual(30);
});

test('who was made an owner has an owner’s session, also one that was opened before', async () => {
  const cookie = await sessionOf('viewer', { opened: '2 days', used: '1 hour' });
  await app.database.rows(`update membership set role = 'owner' where person_id =
    (select person_id from session where created_at < now() - interval '47 hours' and created_at > now() - interval '49 hours')`);
  expect(await ask(cookie)).toBe(401);
});

describe('a stream ends with what it was opened by, which nobody revoked:', () => {
  test.each([
    [
      'a session',
      async () => ({
        cookie: await sessionOf('owner', { opened: '11 hours 59 minutes 58 seconds', used: '1 second' }),
      }),
    ],
    [
      'a key',
      async () => {
        const key = await app.keyOf(workspaceId, 'viewer');
        await app.database.rows(`update api_key set expires_at = now() + interval '2 seconds'
          where id = (select id from api_key order by created_at desc limit 1)`);
        return { authorization: `Bearer ${key}` };
      },
    ],
  ])('%s', async (_, credential) => {
    const headers = await credential();
    const response = await fetch(`${app.url}/api/v1/events/stream`, { headers });
    expect(response.status).toBe(200);
    const ended = response.text().then(() => 'ended');
    const after = (ms: number) => new Promise((done) => setTimeout(() => done('open'), ms));
    expect(await Promise.race([ended, after(300)])).toBe('open');
    expect(await Promise.race([ended, after(5_000)])).toBe('ended');
    expect((await fetch(`${app.url}/api/v1/session`, { headers })).status).toBe(401);
  });
});
