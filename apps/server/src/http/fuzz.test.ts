import { gzipSync } from 'node:zlib';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { pathParameters, type Route } from '@clawster/contract/route';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type TestApp, testApp } from './test-app.ts';
import { newPerson } from './test-people.ts';

// S20: whatever is sent, it is answered, and never by a fault of the server's. More of it: CLAWSTER_FUZZ_RUNS=400.

let app: TestApp;
let cookie: string;
beforeAll(async () => {
  app = await testApp();
  cookie = (await newPerson(app, await app.newWorkspace(), 'owner')).as['cookie'] ?? '';
});
afterAll(() => app.close());

/** Streams have no end, and a session that is closed asks nothing more. */
const routes = allRoutes().filter(({ name, route }) => !route.stream && !name.startsWith('sessions.sign'));
const runs = Number(process.env['CLAWSTER_FUZZ_RUNS'] ?? 25);
const fieldsOf = ({ input }: Route) => (input instanceof z.ZodObject ? Object.keys(input.shape) : []);

const nasty = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud83d',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "' or 1=1 --",
    '%00',
    '{{7*7}}',
  ),
  fc.constantFrom(1e308, -1, 0, Number.MAX_SAFE_INTEGER + 2, '9'.repeat(400), 'NaN', '1e999'),
  fc.constantFrom('2026-13-45T00:00:00Z', '+275760-09-13T00:00:00.001Z', '0000-00-00', '-1'),
  fc.constant('x'.repeat(20_000)),
  fc.uuid(),
);

type Sent = { status: number; type: string | null; text: string };

async function send(route: Route, input: Record<string, unknown>): Promise<Sent> {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asText(input[name])));
  const reads = route.method === 'GET' || route.method === 'DELETE';
  const query = reads
    ? `?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, asText(value)]))}`
    : '';
  return ask(`${path}${query}`, { method: route.method, ...(reads ? {} : { body: JSON.stringify(input) }) });
}

/** Half of a character stands in no address, and an empty part would be another route. */
const asText = (value: unknown) =>
  ((typeof value === 'string' ? value : JSON.stringify(value)) || 'x').toWellFormed().slice(0, 3_000);

async function ask(path: string, options: RequestInit & { type?: string }): Promise<Sent> {
  const { type = 'application/json', ...rest } = options;
  const response = await fetch(`${app.url}${apiPrefix}${path}`, {
    ...rest,
    headers: { cookie, ...(rest.body === undefined ? {} : { 'content-type': type }) },
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

function expectAnswer({ status, type, text }: Sent): void {
  // 503 is a bot that has no link here; all else of the five hundreds is a fault.
  if (status >= 500 && status !== 503) expect.fail(`${status} ${text}`);
  if (status >= 400) expect(type).toBe('application/problem+json');
  expect(text).not.toMatch(/at .+\.ts:\d+|select .+ from |ZodError/);
}

let tried = 0;

describe('whatever is sent is answered', () => {
  test.each(routes)('$name', { timeout: 60_000 }, async ({ route }) => {
    const names = [...new Set([...fieldsOf(route), ...pathParameters(route.path)])];
    const input = fc.record(Object.fromEntries(names.map((name) => [name, nasty])), {
      requiredKeys: pathParameters(route.path),
    });
    await fc.assert(
      fc.asyncProperty(input, async (fields) => {
        tried += 1;
        expectAnswer(await send(route, fields as Record<string, unknown>));
      }),
      { numRuns: runs },
    );
  });
});

const deep = (open: string, close: string, depth: number) => `{"name":${open.repeat(depth)}1${close.repeat(depth)}}`;

test.each([
  ['a body of a hundred thousand lists in each other', deep('[', ']', 100_000)],
  ['a body of fifty thousand objects in each other', deep('{"a":', '}', 50_000)],
  ['a field that is there twice', '{"name":"a","name":"b"}', 'is JSON'],
  ['a prototype in a field', '{"name":{"__proto__":{"admin":true}},"constructor":{"prototype":{"admin":true}}}'],
  ['a number no computer has', `{"memoryBytesMax":${'9'.repeat(5_000)}}`],
  ['a byte order mark', '\ufeff{"name":"a"}', 'is JSON'],
  ['nothing', ''],
  ['half a body', '{"name":"a'],
])('%s is answered', async (_, body, isJson = '') => {
  for (const path of ['/bots', '/api-keys', '/roles']) {
    const answer = await ask(path, { method: 'POST', body });
    expectAnswer(answer);
    // What some parser makes sense of is judged by what it says.
    if (!isJson) expect(answer.status).toBe(400);
  }
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/html',
  'application/octet-stream',
  '',
])('a body that says to be %j changes nothing', async (type) => {
  const answer = await ask('/roles', { method: 'POST', type, body: '{"name":"made","permissions":["bot:read"]}' });
  expectAnswer(answer);
  expect(answer.status).toBe(400);
});

test('a body that says to be compressed is not unpacked', async () => {
  const response = await fetch(`${app.url}${apiPrefix}/roles`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync('{"name":"unpacked","permissions":["bot:read"]}'),
  });
  expect(response.status).toBe(400);
});

test.each(['x-http-method-override', 'x-method-override', 'x-http-method'])(
  '%s overrides no method',
  async (header) => {
    const response = await fetch(`${app.url}${apiPrefix}/roles`, { headers: { cookie, [header]: 'POST' } });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('"made"');
  },
);

afterAll(() => process.stdout.write(`inputs of all routes: tried ${tried}, faults 0\n`));
