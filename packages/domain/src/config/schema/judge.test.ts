import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { unknownRules } from './unknown-rules.ts';

/** For schemas with `then`, which in code would look like a promise. */
const fromText = (text: string) => JSON.parse(text) as JsonSchema;

/** One row a rule of JSON schema: values that keep it, and values that break it. */
const rules: [what: string, schema: JsonSchema, kept: unknown[], broken: unknown[]][] = [
  ['no rule', {}, [null, 1, 'a', [], {}], []],
  ['a type', { type: 'string' }, ['', 'a'], [1, null, [], {}, true]],
  ['a whole number', { type: 'integer' }, [0, -3, 2.0], [0.5, '1', null]],
  ['a number', { type: 'number' }, [0, 0.5], ['1', true]],
  ['one of several types', { type: ['string', 'null'] }, ['a', null], [1, {}]],
  ['one word', { const: 'a' }, ['a'], ['b', null]],
  [
    'one object',
    { const: { a: [1, { b: 2 }] } },
    [{ a: [1, { b: 2 }] }],
    [{ a: [1, { b: 3 }] }, { a: [{ b: 2 }, 1] }, {}],
  ],
  ['a word of several', { enum: ['a', 1, null] }, ['a', 1, null], ['b', '1', undefined]],
  ['a shortest text', { minLength: 2 }, ['ab', '🦊🦊', 1], ['a', '🦊']],
  ['a longest text', { maxLength: 2 }, ['ab', '🦊🦊', 12345], ['abc']],
  ['a pattern', { pattern: '^a.c$' }, ['abc', 'a🦊c', 1], ['ac', 'xabc']],
  ['a pattern for how a text begins', { pattern: '^https?:' }, [`http:${'a'.repeat(5_000)}`], ['a'.repeat(5_000)]],
  ['a pattern for all of a text', { pattern: '^a+$' }, ['a'.repeat(1_000)], ['a'.repeat(1_001), `${'a'.repeat(900)}b`]],
  ['an address', { format: 'uri' }, ['https://a.example/b', 'mailto:a@b.example', 1], ['a', '/b']],
  ['another format, which is a remark', { format: 'date-time' }, ['whenever'], []],
  ['a least number', { minimum: 1 }, [1, 2, 'a'], [0.9, -1]],
  ['a greatest number', { maximum: 1 }, [1, -2], [1.1]],
  ['a number above', { exclusiveMinimum: 1 }, [1.1], [1, 0]],
  ['a number below', { exclusiveMaximum: 1 }, [0.9], [1, 2]],
  ['items', { items: { type: 'string' } }, [[], ['a'], 'no list'], [[1], ['a', 1]]],
  ['items by place', { items: [{ type: 'string' }], additionalItems: false }, [[], ['a']], [[1], ['a', 'b']]],
  ['items after their place', { items: [{}], additionalItems: { type: 'string' } }, [[1], [1, 'a']], [[1, 2]]],
  ['a shortest list', { minItems: 1 }, [[1]], [[]]],
  ['a longest list', { maxItems: 1 }, [[1], []], [[1, 2]]],
  [
    'no item twice',
    { uniqueItems: true },
    [[1, '1', { a: 1 }, { a: 2 }]],
    [
      [1, 1],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
  ],
  ['keys', { properties: { a: { type: 'string' } } }, [{}, { a: 'x' }, { b: 1 }, []], [{ a: 1 }]],
  [
    'no other keys',
    { properties: { a: {} }, additionalProperties: false },
    [{ a: 1 }, {}],
    [{ b: 1 }, { toString: 1 }],
  ],
  [
    'other keys',
    { properties: { a: {} }, additionalProperties: { type: 'string' } },
    [{ a: 1, b: 'x' }],
    [{ a: 1, b: 2 }],
  ],
  [
    'keys by pattern',
    { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
    [{ 'x-a': 'b' }],
    [{ 'x-a': 1 }, { a: 'b' }],
  ],
  ['names of keys', { propertyNames: { pattern: '^[a-z]+$' } }, [{ a: 1 }, {}], [{ A: 1 }]],
  ['keys that must be there', { required: ['a'] }, [{ a: undefined }, { a: null }, 'a'], [{}, { toString: 1, b: 1 }]],
  [
    'a key that must be there and has a default',
    { required: ['a'], properties: { a: { default: 1, type: 'number' } } },
    [{}, { a: 2 }],
    [{ a: 'x' }],
  ],
  ['fewest keys', { minProperties: 1 }, [{ a: 1 }], [{}]],
  ['most keys', { maxProperties: 1 }, [{ a: 1 }, {}], [{ a: 1, b: 1 }]],
  ['all of several', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1, 2], [0, 3]],
  ['any of several', { anyOf: [{ type: 'string' }, { minimum: 5 }] }, ['a', 5], [4]],
  ['exactly one of several', { oneOf: [{ type: 'integer' }, { minimum: 5 }] }, [1, 5.5], [5, 4.5]],
  ['not so', { not: { required: ['a'] } }, [{}], [{ a: 1 }]],
  [
    'if, then',
    fromText('{"if": {"required": ["a"]}, "then": {"required": ["b"]}}'),
    [{}, { b: 1 }, { a: 1, b: 1 }],
    [{ a: 1 }],
  ],
  ['if not, else', { if: { required: ['a'] }, else: { required: ['b'] } }, [{ a: 1 }, { b: 1 }], [{}]],
];

describe.each(rules)('%s', (_, schema, kept, broken) => {
  test('is kept and broken as the standard has it', () => {
    expect(kept.filter((value) => judge(schema, { value, keys: [] }).length > 0)).toEqual([]);
    expect(broken.filter((value) => judge(schema, { value, keys: [] }).length === 0)).toEqual([]);
  });

  test('is made of words that are read', () => {
    expect(unknownRules(schema)).toEqual([]);
  });
});

test('a fault is told by where it is', () => {
  const schema: JsonSchema = { properties: { a: { items: { properties: { b: { type: 'string' } } } } } };
  const [fault] = judge(schema, { value: { a: [{}, { b: 1 }] }, keys: [] });
  expect(fault).toMatchObject({ keys: ['a', '1', 'b'], rule: 'type', value: 1 });
});

test('a word that is not read is found wherever it stands, and a key of that name is none', () => {
  const hidden = fromText('{"properties": {"multipleOf": {"anyOf": [{"items": [{"then": {"multipleOf": 2}}]}]}}}');
  expect(unknownRules(hidden)).toEqual(['multipleOf']);
  expect(unknownRules({ properties: { multipleOf: { default: { $ref: 1 } } } })).toEqual([]);
  expect(unknownRules({ allOf: [{ $ref: '#' }, { dependencies: {} }, { $ref: '#' }] })).toEqual([
    '$ref',
    'dependencies',
  ]);
});
