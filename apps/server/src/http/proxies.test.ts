import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, newPerson, signedIn } from './test-people.ts';

let trusting: TestApp;
let plain: TestApp;
beforeAll(async () => {
  plain = await testApp();
  trusting = await testApp({ beside: plain, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
});
afterAll(async () => {
  await trusting.close();
  await plain.close();
});

/** Where a session was opened from, as the server saw it. */
async function addressOf(app: TestApp, forwarded: string): Promise<unknown> {
  const grace = await newPerson(plain, await plain.newWorkspace(), 'viewer');
  const response = await fetch(`${app.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    body: JSON.stringify({ email: grace.email, password: 'walnut ferry copper lantern' }),
  });
  expect(response.status).toBe(200);
  const { body } = await ask(plain, 'GET /sessions', { as: { cookie: await signedIn(plain, grace.email) } });
  return body.items?.map(({ address }) => address).find((address) => address !== '127.0.0.1') ?? '127.0.0.1';
}

test('whoever is no trusted proxy comes from where they come from, whatever they say', async () =>
  expect(await addressOf(plain, '203.0.113.9')).toBe('127.0.0.1'));

test('a trusted proxy says from where someone comes', async () =>
  expect(await addressOf(trusting, '203.0.113.9')).toBe('203.0.113.9'));

test('what someone wrote before the first proxy that is trusted is not believed', async () =>
  expect(await addressOf(trusting, '198.51.100.1, 203.0.113.9, 10.1.2.3')).toBe('203.0.113.9'));
