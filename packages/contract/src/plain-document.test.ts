import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentBytesMax, documentDepthMax, whyNotDocument } from './plain-document.ts';

test('any object of JSON is let through', () => {
  const key = fc.string().filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      tie('object'),
    ),
    object: fc.dictionary(key, tie('any'), { noNullPrototype: false }),
  })).object;
  fc.assert(
    fc.property(value, (document) => {
      expect(whyNotDocument(document)).toBeUndefined();
    }),
  );
});

describe.each(['__proto__', 'constructor', 'prototype'])('the key %s', (key) => {
  test.each([
    ['at the top', `{"${key}": 1}`, key],
    ['deep inside', `{"agents": {"entries": {"main": {"${key}": {"polluted": true}}}}}`, `agents.entries.main.${key}`],
    ['in a list', `{"tools": {"allow": ["read", {"${key}": null}]}}`, `tools.allow.1.${key}`],
  ])('is refused %s, by its path', (_, text, path) => {
    expect(whyNotDocument(JSON.parse(text))).toMatchObject({ path, code: 'prototype-key' });
  });
});

test('a value that is one of these words is none of these keys', () => {
  expect(whyNotDocument({ tools: { allow: ['constructor', '__proto__'] } })).toBeUndefined();
});

describe('size', () => {
  const documentOf = (bytes: number) => ({ a: 'x'.repeat(bytes - '{"a":""}'.length) });

  test('ten megabytes are let through, one letter more is not', () => {
    expect(whyNotDocument(documentOf(documentBytesMax))).toBeUndefined();
    expect(whyNotDocument(documentOf(documentBytesMax + 1))).toMatchObject({ path: '', code: 'too-large' });
  });

  test.each([
    ['many keys', Object.fromEntries(Array.from({ length: 1_000_000 }, (_, index) => [`key-${index}`, index]))],
    ['a long list', { list: Array.from({ length: 6_000_000 }, () => 1) }],
    ['one long key', { ['k'.repeat(documentBytesMax + 1)]: 1 }],
  ])('%s count as well', (_, document) => {
    expect(whyNotDocument(document)).toMatchObject({ code: 'too-large' });
  });

  test('what is small in memory and endless when written is refused, and not written', () => {
    let document: Record<string, unknown> = { leaf: 'x' };
    for (let level = 0; level < 50; level++) document = { one: document, other: document };
    expect(whyNotDocument(document)).toMatchObject({ code: 'too-large' });
  });
});

describe('depth', () => {
  const nested = (depth: number) => {
    let value: unknown = 'leaf';
    for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
    return { a: value };
  };

  test(`${documentDepthMax} levels are let through, one more is not`, () => {
    expect(whyNotDocument(nested(documentDepthMax - 1))).toBeUndefined();
    expect(whyNotDocument(nested(documentDepthMax))).toMatchObject({ code: 'too-deep' });
  });

  test('a document that holds itself is refused', () => {
    const document: Record<string, unknown> = {};
    document['self'] = { again: [document] };
    expect(whyNotDocument(document)).toMatchObject({ code: 'too-deep' });
  });
});

test.each([
  ['nothing', undefined, ''],
  ['null', null, ''],
  ['a text', '{}', ''],
  ['a list', [], ''],
  ['a date', { at: new Date(0) }, 'at'],
  ['a function', { call: () => 1 }, 'call'],
  ['no value', { a: { b: undefined } }, 'a.b'],
  ['not a number', { n: [1, Number.NaN] }, 'n.1'],
  ['a number without end', { n: Infinity }, 'n'],
  ['a very large whole number', { n: 10n ** 30n }, 'n'],
  ['a list with a hole', { n: Object.assign([1], { 2: 3 }) }, 'n.1'],
  ['an object of a class', { m: new Map([['a', 1]]) }, 'm'],
  ['an object with another prototype', { m: Object.create({ inherited: 1 }) as unknown }, 'm'],
])('%s is nothing that JSON can hold', (_, document, path) => {
  expect(whyNotDocument(document)).toMatchObject({ path, code: 'not-plain' });
});

test('what is said stays short, however long the key', () => {
  const issue = whyNotDocument({ ['k'.repeat(100_000)]: undefined });
  expect(JSON.stringify(issue).length).toBeLessThan(600);
});
