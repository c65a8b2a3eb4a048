import type { JsonSchema, OpenclawSchema } from '@clawster/contract/openclaw-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issuesMax, whyInvalid } from './why-invalid.ts';

const word = (...words: string[]): JsonSchema => ({ anyOf: words.map((one) => ({ type: 'string', const: one })) });
const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text: JsonSchema = { type: 'string' };
const number: JsonSchema = { type: 'integer', minimum: 1, maximum: 65_535 };

/** The shapes that OpenClaw's schema is made of. */
const root = object({
  port: number,
  bind: word('auto', 'lan', 'loopback'),
  enabled: { type: 'boolean' },
  file: text,
  name: { type: 'string', minLength: 1, maxLength: 5, pattern: '^[a-z]+$' },
  address: { type: 'string', format: 'uri' },
  model: { anyOf: [text, object({ primary: text, fallbacks: { type: 'array', items: text } })] },
  secret: {
    oneOf: [
      text,
      object({ source: { type: 'string', const: 'env' }, id: text }, ['source', 'id']),
      object({ source: { type: 'string', const: 'exec' }, provider: text, id: text }, ['source', 'provider', 'id']),
    ],
  },
  every: { anyOf: [{ type: 'boolean', const: false }, word('often', 'seldom'), { type: 'integer' }] },
  free: { type: 'object', propertyNames: { pattern: '^[a-z]+$' }, additionalProperties: number },
  chosen: { type: 'object', propertyNames: word('direct', 'group'), additionalProperties: text },
  list: { type: 'array', items: text, maxItems: 50, uniqueItems: true },
  wide: object(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`setting${index}`, text]))),
  clash: { type: 'object', not: { required: ['one', 'other'] } },
  both: { oneOf: [{ required: ['one'] }, { required: ['other'] }] },
});
const schema: OpenclawSchema = { version: '2026.9.6', root, reloadKinds: {} };
const said = (document: unknown) => whyInvalid(document, schema).map(({ path, message }) => `${path}: ${message}`);

describe('one sentence says what is wrong and what to do', () => {
  test.each([
    ['a slip in a key', { prot: 1 }, 'prot: OpenClaw 2026.9.6 knows no such key. Did you mean "port"?'],
    [
      'a key among few',
      { secret: { source: 'env', id: 'x', zzzz: 1 } },
      'secret.zzzz: OpenClaw 2026.9.6 knows no such key. Remove it; known here: source, id.',
    ],
    ['a key among many', { wide: { zzzz: 1 } }, 'wide.zzzz: OpenClaw 2026.9.6 knows no such key. Remove it.'],
    [
      'a key in a union',
      { model: { primery: 'x' } },
      'model.primery: OpenClaw 2026.9.6 knows no such key. Did you mean "primary"?',
    ],
    [
      'a number in quotation marks',
      { port: '1' },
      'port: This must be a whole number, and is a text. Write it without quotation marks.',
    ],
    ['a word for a number', { port: 'one' }, 'port: This must be a whole number, and is a text.'],
    [
      'a yes in quotation marks',
      { enabled: 'true' },
      'enabled: This must be true or false, and is a text. Write it without quotation marks.',
    ],
    ['a text without', { file: 5 }, 'file: This must be a text, and is a whole number. Write it in quotation marks.'],
    ['too much', { port: 70_000 }, 'port: This must be 65535 or less.'],
    [
      'a slip in a word',
      { bind: 'lopback' },
      'bind: This must be "auto", "lan" or "loopback". Did you mean "loopback"?',
    ],
    ['another word', { bind: 'everywhere' }, 'bind: This must be "auto", "lan" or "loopback".'],
    ['a number for a word', { bind: 1 }, 'bind: This must be "auto", "lan" or "loopback".'],
    ['an empty text', { name: '' }, 'name: This must not be empty.\nname: This must match the pattern ^[a-z]+$.'],
    ['a long text', { name: 'abcdef' }, 'name: This must have 5 letters or fewer.'],
    ['no address', { address: 'here' }, 'address: This must be an address, such as https://example.com.'],
    [
      'no type of a union',
      { model: 5 },
      'model: This must be a text or an object, and is a whole number. Write it in quotation marks.',
    ],
    ['words and types together', { every: 'x' }, 'every: This must be false, "often", "seldom" or a whole number.'],
    [
      'a missing key',
      { secret: { source: 'exec', id: 'x' } },
      'secret.provider: This key is missing. Add it, as a text.',
    ],
    [
      'a wrong kind',
      { secret: { source: 'exek', id: 'x' } },
      'secret.source: This must be "env" or "exec". Did you mean "exec"?',
    ],
    ['a missing kind', { secret: { id: 'x' } }, 'secret.source: This key is missing. Add it, as "env" or "exec".'],
    [
      'a name that does not fit',
      { free: { A: 1 } },
      'free.A: This cannot be a key here: it must match the pattern ^[a-z]+$.',
    ],
    [
      'a name that is none of those',
      { chosen: { gruop: 'x' } },
      'chosen.gruop: OpenClaw 2026.9.6 knows no such key. Did you mean "group"?',
    ],
    ['a wrong item', { list: ['a', null] }, 'list.1: This must be a text, and is null.'],
    ['an item twice', { list: ['a', 'a'] }, 'list: This must not hold the same item twice.'],
    [
      'settings that clash',
      { clash: { one: 1, other: 1 } },
      'clash: This holds settings that do not go together as they are: change one of one, other.',
    ],
    [
      'two forms at once',
      { both: { one: 1, other: 1 } },
      'both: This fits several forms at once, and must fit one: leave out what belongs to the others.',
    ],
    [
      'an unknown placeholder',
      { file: '${clawster:logfile}' },
      "file: A bot's host fills in no such placeholder. Did you mean ${clawster:logFile}?",
    ],
    [
      'a placeholder in a text',
      { file: '/x/${clawster:zzzz}' },
      "file: A bot's host fills in no such placeholder. It knows port, modelUrl, telegramUrl, teamUrl, bridge, workspace, logFile, resolver.",
    ],
    [
      'a placeholder of the wrong type',
      { port: '${clawster:workspace}' },
      'port: This must be a whole number, and is a text.',
    ],
  ])('%s', (_, document, sentence) => {
    expect(said(document).join('\n')).toBe(sentence);
  });
});

test.each([
  ['a port', { port: '${clawster:port}' }],
  ['an address', { address: '${clawster:modelUrl}' }],
  ['an address made of a port', { address: 'http://127.0.0.1:${clawster:port}/v1' }],
  ['a file', { file: '${clawster:logFile}', list: ['${clawster:workspace}', '${clawster:resolver}'] }],
])('%s may be left to the host', (_, document) => {
  expect(said(document)).toEqual([]);
});

test('what was probably meant is told apart from the sentence as well', () => {
  expect(whyInvalid({ prot: 1, bind: 'lann' }, schema)).toMatchObject([
    { code: 'unknown-key', nearest: 'port' },
    { code: 'value', nearest: 'lan' },
  ]);
});

test('what is no document is told by that alone', () => {
  const polluted = JSON.parse('{"prot": 1, "free": {"__proto__": {"a": 1}}}') as unknown;
  expect(whyInvalid(polluted, schema)).toMatchObject([{ code: 'prototype-key', path: 'free.__proto__' }]);
});

test('a key that is part of every object is as unknown as any other', () => {
  expect(said({ toString: 1, valueOf: 1 })).toHaveLength(2);
});

test(`of many faults ${issuesMax} are told, each once`, () => {
  const document = { free: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`K${index}`, 'x'])) };
  const issues = said(document);
  expect(issues).toHaveLength(issuesMax);
  expect(new Set(issues).size).toBe(issuesMax);
});

test('no value is ever quoted, for it may be a secret', () => {
  const secret = fc.string({ unit: 'grapheme-ascii', minLength: 8 }).map((end) => `hunter2-${end}`);
  const key = fc.constantFrom(...Object.keys(root.properties ?? {}));
  const around = fc.constantFrom(
    (value: string) => value as unknown,
    (value: string) => [value],
    (value: string) => ({ source: value, id: value, primary: [value] }),
    (value: string) => `\${clawster:port}${value}`,
  );
  fc.assert(
    fc.property(key, secret, around, (place, value, wrap) => {
      expect(JSON.stringify(whyInvalid({ [place]: wrap(value) }, schema))).not.toContain('hunter2');
    }),
  );
});
