import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { problemOf } from './problem.ts';
import { type TestApp, testApp } from './test-app.ts';

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await testApp();
  cookie = await app.cookieOf(await app.newWorkspace(), 'owner');
});
afterAll(() => app.close());

const ask = (path: string, options: RequestInit = {}) =>
  fetch(`${app.url}${path}`, { ...options, headers: { cookie, ...(options.headers as Record<string, string>) } });
const json = { 'content-type': 'application/json' };

describe('whatever goes wrong is a problem that says what to do', () => {
  test.each([
    ['an unknown address', '/api/v1/nowhere', {}, 404, 'not-found'],
    ['an unknown method', '/api/v1/bots', { method: 'PUT', headers: json, body: '{}' }, 404, 'not-found'],
    ['a body that is no JSON', '/api/v1/bots', { method: 'POST', headers: json, body: '{' }, 400, 'invalid'],
    ['a body that is no object', '/api/v1/bots', { method: 'POST', headers: json, body: '[]' }, 400, 'invalid'],
    [
      'a body of another type',
      '/api/v1/bots',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      400,
      'invalid',
    ],
    [
      'a body that is too large',
      '/api/v1/bots',
      { method: 'POST', headers: json, body: JSON.stringify({ name: 'x'.repeat(1_100_000) }) },
      413,
      'too-large',
    ],
    [
      'a character no database keeps',
      '/api/v1/api-keys',
      { method: 'POST', headers: json, body: '{"name":"a\\u0000b","role":"viewer"}' },
      400,
      'invalid',
    ],
    [
      'half of a character',
      '/api/v1/api-keys',
      { method: 'POST', headers: json, body: '{"name":"a\\ud83d","role":"viewer"}' },
      400,
      'invalid',
    ],
    ['a search for one', '/api/v1/bots?search=%00', {}, 400, 'invalid'],
    ['an id that is none', '/api/v1/bots/none', {}, 400, 'invalid'],
    ['an unknown bot', '/api/v1/bots/00000000-0000-4000-8000-000000000000', {}, 404, 'not-found'],
    ['a cursor of ours never given out', '/api/v1/api-keys?cursor=-1', {}, 400, 'invalid'],
    [
      'a poisoned body',
      '/api/v1/bots',
      { method: 'POST', headers: json, body: '{"__proto__": {"admin": true}}' },
      400,
      'invalid',
    ],
  ])('%s', async (_, path, options, status, code) => {
    const response = await ask(path, options);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, code, requestId: expect.any(String) as string });
    expect(response.status).toBe(status);
  });
});

test('what nobody meant to be seen is told to the log alone', () => {
  const logged: unknown[] = [];
  const request = { id: 'r-1', log: { error: (fields: unknown) => logged.push(fields) } } as never;
  const problem = problemOf(new Error('password of db is hunter2'), request);
  expect(problem).toMatchObject({ status: 500, requestId: 'r-1' });
  expect(JSON.stringify(problem)).not.toContain('hunter2');
  expect(logged).toHaveLength(1);
});

test('a database error tells nothing of the database', async () => {
  const broken = await sql`select * from nowhere`.execute(app.database.db).catch((error: unknown) => error);
  const problem = problemOf(broken, { id: 'r-2', log: { error: () => undefined } } as never);
  expect(JSON.stringify(problem)).not.toContain('nowhere');
});

test.each(['ECONNREFUSED', '57P01', '53300'])(
  'a database that is away (%s) is not our fault, and may come back',
  (code) => {
    const error = Object.assign(new Error('x'), { code, syscall: code === 'ECONNREFUSED' ? 'connect' : undefined });
    expect(problemOf(error, { id: 'r', log: { error: () => undefined } } as never)).toMatchObject({
      status: 503,
      code: 'unavailable',
    });
  },
);

describe('another site', () => {
  test.each([
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['a site the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }, 403],
    ['an origin of nothing', { origin: 'null' }, 403],
    ['Clawster itself', { 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:4500' }, 200],
  ])('%s: %j', async (_, headers, status) => {
    const response = await ask('/api/v1/api-keys', {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify({ name: 'x', role: 'viewer' }),
    });
    expect(response.status).toBe(status);
  });

  test('cannot sign a browser in to an account of its own', async () => {
    const response = await ask('/api/v1/sessions', {
      method: 'POST',
      headers: { ...json, origin: 'https://evil.example' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });
});

test('every answer carries the security headers', async () => {
  for (const path of ['/api/v1/status', '/api/v1/nowhere', '/live', '/ready', '/api/v1/openapi.json']) {
    const { headers } = await ask(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test('the API reference is served wholly from here, under a nonce of its own for each visit', async () => {
  const [first, second] = [await ask('/api/reference/'), await ask('/api/reference/')];
  const html = await first.text();
  const nonce = /nonce-([^']+)'/.exec(first.headers.get('content-security-policy') ?? '')?.[1];
  expect(html).toContain(`nonce="${nonce}"`);
  expect(second.headers.get('content-security-policy')).not.toContain(nonce);
  expect([...html.matchAll(/(?:src|href)="(https?:[^"]*)"/g)].map((match) => match[1])).toEqual([]);
  expect((await ask('/api/reference/js/scalar.js')).headers.get('content-type')).toContain('javascript');
});
