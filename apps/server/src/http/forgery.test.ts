import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { attempts, newPerson, type TestPerson } from './test-people.ts';

// S19: what another site can make a signed-in browser send. Scripts in texts are in test/browser/hostile-texts.test.ts.

let app: TestApp;
let ada: TestPerson;
beforeAll(async () => {
  app = await testApp();
  ada = await newPerson(app, await app.newWorkspace(), 'owner');
});
afterAll(() => app.close());

const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/html',
  'application/octet-stream',
  'application/json',
];
/** What browsers say of a request that another site made; older ones leave some of it out. */
const foreign: Record<string, string>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:4501' },
];
const overrides = [
  {},
  ...['x-http-method-override', 'x-method-override', 'x-http-method'].map((name) => ({ [name]: 'DELETE' })),
];
const counted = () => app.database.rows('select count(*)::int as count from role');

test('a POST of another site changes nothing: six content types, with and without Sec-Fetch-Site, under any method', async () => {
  const { refused, told } = attempts('posts of another site');
  for (const type of types)
    for (const headers of foreign)
      for (const override of overrides) {
        const body = JSON.stringify({ name: 'made', permissions: ['bot:read'] });
        const sent = { ...ada.as, ...headers, ...override, 'content-type': type } as Record<string, string>;
        for (const query of ['', '?_method=DELETE'])
          await refused(fetch(`${app.url}/api/v1/roles${query}`, { method: 'POST', headers: sent, body }));
      }
  expect(told()).toEqual({ tried: types.length * foreign.length * overrides.length * 2, letIn: 0 });
  expect(await counted()).toEqual([{ count: 0 }]);
});

test('a body that is no JSON changes nothing, though the browser says nothing of where it comes from', async () => {
  const { refused, told } = attempts('posts of a browser that says nothing');
  for (const type of types.filter((one) => one !== 'application/json')) {
    const body = '{"name":"made","permissions":["bot:read"]}';
    const headers = { ...ada.as, 'content-type': type } as Record<string, string>;
    await refused(fetch(`${app.url}/api/v1/roles`, { method: 'POST', headers, body }));
  }
  expect(told()).toEqual({ tried: 5, letIn: 0 });
  expect(await counted()).toEqual([{ count: 0 }]);
});

test('no stream and no answer is given to a script of another site, nor a link to a page', async () => {
  const { refused, told } = attempts('streams and looks of another site');
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:4501', `${app.url}.evil.example`])
    for (const path of ['/events/stream', '/session', '/bots', '/events/export'])
      await refused(
        fetch(`${app.url}/api/v1${path}`, { headers: { ...ada.as, origin } as Record<string, string> }).then(
          async (response) => {
            await response.body?.cancel();
            return response;
          },
        ),
      );
  expect(told()).toEqual({ tried: 16, letIn: 0 });
  const own = await fetch(`${app.url}/api/v1/session`, {
    headers: { ...ada.as, origin: app.url } as Record<string, string>,
  });
  expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, null]);
});
