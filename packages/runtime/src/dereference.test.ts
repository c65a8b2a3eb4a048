import { expect, test } from 'vitest';
import { dereference } from './dereference.ts';

test('a reference is what the nearest definitions around it say', () => {
  const schema = {
    properties: {
      one: { $defs: { id: { type: 'string' } }, properties: { a: { $ref: '#/$defs/id' } } },
      other: {
        $defs: { id: { type: 'integer' }, list: { items: { $ref: '#/$defs/id' } } },
        anyOf: [{ $ref: '#/$defs/list' }, { $ref: '#/$defs/id' }],
      },
    },
  };
  expect(dereference(schema)).toEqual({
    properties: {
      one: { properties: { a: { type: 'string' } } },
      other: { anyOf: [{ items: { type: 'integer' } }, { type: 'integer' }] },
    },
  });
});

test.each([
  ['that leads nowhere', { $ref: '#/$defs/none' }],
  ['that only another part defines', { anyOf: [{ $defs: { id: {} } }, { $ref: '#/$defs/id' }] }],
  ['to another file', { $ref: 'other.json#/$defs/id' }],
  ['to what every object has', { $defs: {}, items: { $ref: '#/$defs/toString' } }],
  ['into itself', { $defs: { id: { items: { $ref: '#/$defs/id' } } }, items: { $ref: '#/$defs/id' } }],
])('a reference %s is refused', (_, schema) => {
  expect(() => dereference(schema)).toThrow(/reference/);
});
