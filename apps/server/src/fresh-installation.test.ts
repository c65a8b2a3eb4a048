import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { allRoutes } from '@clawster/contract/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { createLog } from './log.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { owner, sharedInstallation, type SharedInstallation } from './testing/shared-database.ts';

// S23: what a stranger finds at a Clawster that was just started with nothing but defaults, and what its owner leaves.

let shared: SharedInstallation;
let server: RunningServer;
let folder: string;
let tried = 0;
const letIn: string[] = [];

beforeAll(async () => {
  shared = await sharedInstallation();
  const environment = await shared.environment('fresh');
  folder = environment['CLAWSTER_DATA_DIR'] ?? '';
  server = await startServer(parseConfig(environment), createLog('silent'));
});
afterAll(async () => {
  await server.stop();
  await shared.close();
  process.stdout.write(`S23 fresh installation: tried ${tried}, let in ${letIn.length}\n`);
});

function count(what: string, isLetIn: boolean): void {
  tried += 1;
  if (isLetIn) letIn.push(what);
}

const post = (path: string, body: unknown) =>
  fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('it listens on this machine alone', async () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const others = own.map(({ address }) => address).filter((address) => address !== '127.0.0.1');
  await Promise.all(others.map(async (address) => count(`the address ${address}`, await answers(address))));
  expect(letIn).toEqual([]);
});

/** Whether something listens there; nothing that is let in takes as long. */
async function answers(host: string): Promise<boolean> {
  const socket = connect({ host, port: server.port, timeout: 2_000 });
  try {
    return await Promise.race([
      once(socket, 'connect').then(() => true),
      ...['close', 'timeout'].map((event) => once(socket, event).then(() => false)),
    ]);
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

test('no account is there before somebody makes one, and none by a usual password', async () => {
  const names = ['admin', 'root', 'clawster', 'owner', 'openclaw'];
  for (const name of names)
    for (const password of ['', name, 'admin', 'password', 'changeme']) {
      const { status } = await post('/sessions', { email: `${name}@example.com`, password });
      count(`${name} by ${password}`, status === 200);
    }
  const rows = await shared.database.rows('select id from person union all select id from api_key');
  expect(rows).toEqual([]);
  expect(letIn).toEqual([]);
});

test('its set-up token is long, is asked for, and is good once', async () => {
  const token = server.setupToken ?? '';
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
  for (const wrong of ['', 'setup', token.slice(0, -1), `${token}x`, token.toUpperCase(), '0'.repeat(token.length)])
    count(`the token ${wrong}`, (await post('/setup', { ...owner, token: wrong })).status === 200);
  const answer = await post('/setup', { ...owner, token });
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/; HttpOnly/i);
  expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i);
  count('the token again', (await post('/setup', { ...owner, email: 'eve@example.com', token })).status === 200);
  expect(letIn).toEqual([]);
});

test('no route tells a stranger anything but how to sign in', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  for (const { route } of allRoutes().filter(({ route: { permission } }) => permission !== 'public')) {
    const path = route.path.replace(/\{\w+\}/g, id);
    const { status } = await fetch(`${server.url}/api/v1${path}`, { method: route.method });
    count(`${route.method} ${path}`, status < 400);
  }
  expect(letIn).toEqual([]);
});

test('there is no debugging, no listing and no file beside what is served; every answer has the headers', async () => {
  const paths = [
    '/debug',
    '/debug/pprof',
    '/.env',
    '/.git/config',
    '/metrics',
    '/server-status',
    '/actuator',
    '/console',
  ];
  const more = [
    '/api/v1/debug',
    '/api/v1/',
    '/kek',
    '/postgres',
    '/..%2fkek',
    '/api/v1/../../kek',
    '/server.map',
    '/phpinfo',
  ];
  for (const path of [...paths, ...more])
    for (const method of ['GET', 'POST', 'OPTIONS', 'PUT']) {
      const answer = await fetch(`${server.url}${path}`, { method });
      const said = await answer.text();
      count(`${method} ${path}`, answer.status === 200 && !/<html/i.test(said));
      expect(said).not.toMatch(/\bat .+\(.+:\d+:\d+\)|node_modules|postgres:\/\//);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect([answer.headers.get('x-powered-by'), answer.headers.get('server')]).toEqual([null, null]);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  expect(letIn).toEqual([]);
});

test('what it keeps is its user’s alone, but for the socket that bots in containers dial', async () => {
  for (const name of ['', 'kek']) {
    const { mode } = await stat(join(folder, name));
    count(`the mode of ${name}`, (mode & 0o077) !== 0);
  }
  expect(letIn).toEqual([]);
  expect(tried).toBeGreaterThan(200);
});
