import { changesOf } from '@clawster/domain/audit/changes';
import { Drift } from '@clawster/link/drift';
import { describe, expect, test } from 'vitest';
import { keepSecret } from '../host/mask.ts';
import { documentName, type Drifted } from './find-drift.ts';
import { masked, sayDrift, tellDrift } from './tell-drift.ts';

const drifted = (name: string, before: string | undefined, after: string | undefined): Drifted => ({
  name,
  path: `/${name}`,
  text: before,
  found: after === undefined ? { kind: 'absent' } : { kind: 'text', text: after },
  stamp: '1',
});
const ofDocument = (before: object, after: object) =>
  tellDrift([drifted(documentName, JSON.stringify(before), JSON.stringify(after))])[0]?.changes ?? [];
const ofText = (before: string, after: string) => tellDrift([drifted('SOUL.md', before, after)])[0]?.changes[0];

test('of a document each value that differs is told at its own path, and nothing else', () => {
  const before = { cron: { enabled: false }, tools: { allow: ['read'] }, update: { checkOnStart: false } };
  const after = { cron: { enabled: true }, tools: { allow: ['read'] }, env: { A: 1 } };
  expect(ofDocument(before, after)).toEqual([
    { path: ['cron', 'enabled'], before: false, after: true },
    { path: ['update', 'checkOnStart'], before: false },
    { path: ['env', 'A'], after: 1 },
  ]);
});

test('a text is told whole, and what is no JSON as a text', () => {
  expect(ofText('I am Ada.', 'I am Eve.')).toEqual({ path: [], before: 'I am Ada.', after: 'I am Eve.' });
  const [file] = tellDrift([drifted(documentName, '{}', '{ // mine\n}')]);
  expect(file?.changes).toEqual([{ path: [], before: '{}', after: '{ // mine\n}' }]);
  const [gone] = tellDrift([drifted('SOUL.md', 'I am Ada.', undefined)]);
  expect(gone?.changes).toEqual([{ path: [], before: 'I am Ada.' }]);
});

describe('what looks like a secret does not leave the host', () => {
  const secret = 'hunter2-and-more';
  test.each([
    ['by its name', { env: { OPENAI_API_KEY: secret } }],
    ['by a name above it', { auth: { token: { value: secret } } }],
    ['in a list', { models: [{ id: 'a', apiKey: secret }] }],
    ['in an address', { models: { baseUrl: `https://ada:${secret}@example.com` } }],
    ['by how it looks', { messages: { hello: `Bearer ${secret}` } }],
  ])('%s', (_, after) => {
    const [change] = ofDocument({}, after);
    expect(JSON.stringify(change)).not.toContain(secret);
    expect(change?.hidden).toBe('secret');
    expect(change?.after).toBeDefined();
  });

  test('what the supervisor itself knows as a secret is masked wherever it stands', () => {
    keepSecret('canary-of-drift-1');
    const [change] = ofDocument({}, { logging: { prefix: 'a canary-of-drift-1 b' } });
    expect(JSON.stringify(change)).not.toContain('canary-of-drift-1');
    expect(JSON.stringify(ofText('', 'it is canary-of-drift-1'))).not.toContain('canary-of-drift-1');
  });

  test.each(['password: X', 'my_API_key = X', '- Token: X and more', 'Cookie:X'])('in a text: %s', (line) => {
    const change = ofText('', `# Soul\n${line.replace('X', secret)}\nThe end`);
    expect(JSON.stringify(change)).not.toContain(secret);
    expect(change).toMatchObject({ hidden: 'secret', after: expect.stringContaining('The end') });
  });

  test('nor by a name by which the audit trail knows one', () => {
    const names = ['apiKey', 'accessToken', 'clientSecret', 'password', 'passphrase', 'credentials', 'authorization'];
    for (const name of [...names, 'cookie', 'tokenLimit', 'monkey', 'keyboard', 'name']) {
      const audit = changesOf({}, { [name]: secret }).after[name];
      const [change] = ofDocument({}, { [name]: secret });
      expect([name, change?.after === masked]).toEqual([name, audit === masked]);
    }
  });
});

test('what is long is cut, and said to be', () => {
  expect(ofText('', 'x'.repeat(100_000))).toMatchObject({ hidden: 'long', after: `${'x'.repeat(2_000)}…` });
  const [value] = ofDocument({}, { a: 'x'.repeat(501) });
  expect(value).toMatchObject({ hidden: 'long', after: `${'x'.repeat(500)}…` });
  const [list] = ofDocument({}, { a: Array.from({ length: 1_000 }, (_, at) => at) });
  expect(list?.hidden).toBe('long');
  expect(JSON.stringify(list).length).toBeLessThan(1_000);
  const [key] = ofDocument({}, { ['k'.repeat(1_000)]: 1 });
  expect([key?.hidden, key?.path[0]?.length]).toEqual(['long', 101]);
});

test.each([
  ['thousands of values', JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, at])))],
  ['a hundred thousand levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['a megabyte of one word', JSON.stringify({ a: 'a'.repeat(1_000_000) })],
  ['a megabyte of hyphens', `${'a-'.repeat(500_000)}`],
  ['a prototype', '{"__proto__":{"admin":true}}'],
])('%s are told in bounds, at once', (_, after) => {
  const since = performance.now();
  const files = tellDrift([drifted(documentName, '{}', after), drifted('SOUL.md', '', after)]);
  expect(performance.now() - since).toBeLessThan(2_000);
  expect(JSON.stringify(files).length).toBeLessThan(20_000);
  expect(Drift.parse({ at: new Date().toISOString(), reverted: false, files }).files).toEqual(files);
});

test('what no database could keep is told in another way, and said to be', () => {
  const [change] = ofDocument({}, { 'a\0b': '\0', c: `${'x'.repeat(499)}😀` });
  expect(change).toEqual({ path: ['a\uFFFDb'], after: '\uFFFD', hidden: 'long' });
  const text = ofText('', `${'x'.repeat(1_999)}😀 and more\0`);
  expect(JSON.stringify([change, text])).not.toMatch(/\\u0000|\\ud[89a-f]/);
});

test('which file and where is said in a few words', () => {
  const after = { a: 1, b: { c: 2 }, d: 3, e: 4, f: 5 };
  const files = tellDrift([drifted(documentName, '{}', JSON.stringify(after)), drifted('SOUL.md', 'a', 'b')]);
  expect(sayDrift(files)).toBe('openclaw.json (a, b.c, d and 2 more), SOUL.md');
});
