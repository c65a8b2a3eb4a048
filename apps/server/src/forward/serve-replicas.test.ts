import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from '../http/test-app.ts';
import { createLiveLinks } from '../link/live-links.ts';
import { askReplica, notHeld } from './ask-replica.ts';
import { replicaCredentials } from './credential.ts';
import { serveReplicas } from './serve-replicas.ts';

const key = randomBytes(32);
const links = createLiveLinks();
const here = replicaCredentials(key, { id: 'here', nowMs: Date.now });
const there = replicaCredentials(key, { id: 'there', nowMs: Date.now });
/** What the dashboard was asked for. */
const dashboardSaw: string[] = [];
let dashboard: Server;
let app: TestApp;
beforeAll(async () => {
  dashboard = createServer((asked, answer) => {
    dashboardSaw.push(asked.url ?? '');
    answer.end('a page');
  });
  await new Promise<void>((resolve) => {
    dashboard.listen(0, '127.0.0.1', resolve);
  });
  const plane = { log: () => undefined } as unknown as ControlPlane;
  app = await testApp({
    dashboardUrl: `http://127.0.0.1:${(dashboard.address() as AddressInfo).port}`,
    serveReplicas: (server) => serveReplicas(server, plane, { links, credentials: here }),
  });
});
afterAll(async () => {
  await app.close();
  dashboard.close();
});
beforeEach(() => {
  dashboardSaw.length = 0;
});

const ask = { do: 'close', botId: randomUUID(), code: 4403, reason: 'x' } as const;

/** As it is, without what a client would tidy up in the path. */
function send(path: string, headers: Record<string, string> = {}, body: Buffer = Buffer.alloc(0)): Promise<number> {
  const { port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const sending = request({ port, host: '127.0.0.1', path, method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.once('close', () => resolve(answer.statusCode ?? 0));
    });
    sending.once('error', reject);
    sending.end(body);
  });
}

test('another replica of the installation is answered', async () => {
  const replica = { id: 'here', internalUrl: app.url };
  expect(await askReplica(there, { replica, message: ask })).toEqual({});
  const request = { do: 'request', botId: randomUUID(), method: 'health.read', params: {} } as const;
  expect(await askReplica(there, { replica, message: request })).toBe(notHeld);
});

test('a replica that says it is here and is not, is not believed', async () => {
  const strangers = replicaCredentials(randomBytes(32), { id: 'there', nowMs: Date.now });
  const replica = { id: 'here', internalUrl: app.url };
  await expect(askReplica(strangers, { replica, message: ask })).rejects.toMatchObject({ code: 'unavailable' });
});

const octets = { 'content-type': 'application/octet-stream' };
test.each<[string, () => Record<string, string>]>([
  ['without a credential', () => octets],
  ['with an API key', () => ({ ...octets, authorization: 'Bearer claw_x' })],
  ['with a credential for another', () => ({ ...octets, authorization: there.open('elsewhere').header })],
  ['through a proxy', () => ({ ...octets, authorization: there.open('here').header, 'x-forwarded-for': '10.0.0.1' })],
  ['from a browser', () => ({ ...octets, authorization: there.open('here').header, origin: app.url })],
  ['with a session', () => ({ ...octets, authorization: there.open('here').header, cookie: 'clawster-session=x' })],
])('whoever asks %s finds nothing at this address', async (_, headers) =>
  expect(await send('/internal/link', headers())).toBe(404),
);

test('a body that was not sealed for this conversation does nothing', async () => {
  const headers = { ...octets, authorization: there.open('here').header };
  expect(await send('/internal/link', headers, there.open('here').seal(ask))).toBe(500);
  expect(await send('/internal/link', { ...headers, authorization: there.open('here').header })).toBe(500);
});

test('without a credential no spelling of the address leads anywhere but to nothing, or to a page of the dashboard', async () => {
  const spellings = [
    '/internal',
    '/internal/',
    '/internal/link/',
    '/internal//link',
    '/internal/../internal/link',
    '/internal/link%2f',
    '/internal%2flink',
    '/%69nternal/link',
    '//internal/link',
    '/./internal/link',
    '/x/../internal/link',
    '/INTERNAL/link',
    '/internal/link;x',
    '/internal\\link',
    '/api/../internal/link',
    '/api/v1/../../internal/link',
  ];
  for (const path of spellings) {
    const status = await send(path, octets);
    expect([200, 400, 404, 415], `${path}: ${status}`).toContain(status);
    if (status === 200) expect(dashboardSaw, path).toHaveLength(1);
    dashboardSaw.length = 0;
  }
});
