import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, type Credential } from './test-people.ts';

// S14: every route that takes an address, asked to reach inside an installation that does not allow it.

let app: TestApp;
let as: Credential;
let inside: Server;
let port: number;
let hits = 0;
beforeAll(async () => {
  app = await testApp();
  app.plane.settings.allowPrivateAddresses = false;
  as = { cookie: await app.cookieOf(await app.newWorkspace(), 'owner') };
  inside = createServer((_, response) => {
    hits += 1;
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => inside.once('listening', resolve));
  port = (inside.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => void inside.close(resolve));
});

const hosts = () => [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  `localhost.:${port}`,
  `2130706433:${port}`,
  `0x7f000001:${port}`,
  `017700000001:${port}`,
  `127.1:${port}`,
  `[::1]:${port}`,
  `[::ffff:127.0.0.1]:${port}`,
  `[::7f00:1]:${port}`,
  `[64:ff9b::7f00:1]:${port}`,
  `0.0.0.0:${port}`,
  '169.254.169.254',
  '[fd00:ec2::254]',
];

/** Whether the answer says that it worked. */
const worked = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
  status === 200 && body['ok'] !== false && body['trouble'] === undefined;

const telegram = (apiRoot: string) => ({
  kind: 'telegram',
  settings: { apiRoot },
  credentials: { 'bot-token': { value: '123456789:AAE-canary-canary-canary-canary' } },
});
const routes: [string, `POST /${string}` | `PUT /${string}`, (url: string) => Record<string, unknown>][] = [
  [
    'a model provider that is tested',
    'POST /connectors/test',
    (baseUrl) => ({ provider: 'openai-compatible', baseUrl, model: 'm' }),
  ],
  [
    'an Anthropic one',
    'POST /connectors/test',
    (baseUrl) => ({ provider: 'anthropic', baseUrl, model: 'm', apiKey: 'k' }),
  ],
  [
    'one that is saved',
    'POST /connectors',
    (baseUrl) => ({ name: 'x', provider: 'openai-compatible', baseUrl, model: 'm' }),
  ],
  ['a channel that is tested', 'POST /channels/test', telegram],
  ['one that is saved', 'POST /channels', (url) => ({ name: 'x', ...telegram(url) })],
  [
    'single sign-on',
    'PUT /sso',
    (issuer) => ({
      name: 'Acme',
      issuer,
      clientId: 'c',
      clientSecret: 'a-client-secret',
      emailDomains: ['example.com'],
      makesAccounts: false,
    }),
  ],
];

test.each(routes)('S14: %s (%s) is not reached inside', async (_, line, body) => {
  let [tried, letIn] = [0, 0];
  for (const host of hosts())
    for (const scheme of ['http', 'https']) {
      const answer = await ask(app, line, { as, body: body(`${scheme}://${host}`) });
      tried += 1;
      if (worked(answer)) letIn += 1;
      expect([200, 400, 422], `${line} ${scheme}://${host}`).toContain(answer.status);
    }
  process.stdout.write(`S14 ${line}: tried ${tried}, let in ${letIn}\n`);
  expect([letIn, hits]).toEqual([0, 0]);
});

test('S14: a webhook for checkpoints is not sent inside', async () => {
  let [tried, letIn] = [0, 0];
  for (const host of hosts()) {
    tried += 1;
    const place = { kind: 'webhook', url: `http://${host}/` };
    const { body } = await ask(app, 'POST /audit/sinks', { as, body: { name: `sink ${tried}`, place } });
    const id = (body as { id?: string }).id;
    const sent = id ? await ask(app, `POST /audit/sinks/${id}/send`, { as, body: {} }) : undefined;
    if (sent && worked(sent)) letIn += 1;
  }
  process.stdout.write(`S14 POST /audit/sinks: tried ${tried}, let in ${letIn}\n`);
  expect([letIn, hits]).toEqual([0, 0]);
});
