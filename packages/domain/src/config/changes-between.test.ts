import type { Document } from '@clawster/contract/document';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from './changes-between.ts';

test.each<[string, Document, Document, unknown[]]>([
  ['a value that is another', { a: { b: 1 } }, { a: { b: 2 } }, [{ path: 'a.b', before: 1, after: 2 }]],
  ['a value that is new', {}, { a: 1 }, [{ path: 'a', after: 1 }]],
  ['a value that is gone', { a: 1 }, {}, [{ path: 'a', before: 1 }]],
  ['a list as a whole', { a: [1] }, { a: [1, 2] }, [{ path: 'a', before: [1], after: [1, 2] }]],
  ['null as a value', { a: null }, { a: 1 }, [{ path: 'a', before: null, after: 1 }]],
  [
    'an object in the place of a value',
    { a: 1 },
    { a: { b: 1 } },
    [
      { path: 'a', before: 1 },
      { path: 'a.b', after: 1 },
    ],
  ],
  ['nothing where all is the same', { a: { b: [1] } }, { a: { b: [1] } }, []],
])('%s is told', (_, before, after, changes) => expect(changesBetween(before, after)).toEqual(changes));

const document = fc.dictionary(
  fc.constantFrom('a', 'b', '__proto__', 'x.y'),
  fc.oneof(
    fc.integer(),
    fc.constant(null),
    fc.array(fc.integer()),
    fc.dictionary(fc.constantFrom('c', 'd'), fc.integer()),
  ),
) as fc.Arbitrary<Document>;

test('both ways round it is the same paths, and none between equals', () =>
  fc.assert(
    fc.property(document, document, (one, other) => {
      const there = changesBetween(one, other);
      const back = changesBetween(other, one);
      expect(back.map(({ path }) => path).toSorted()).toEqual(there.map(({ path }) => path).toSorted());
      expect(there.length === 0).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
      expect(changesBetween(one, structuredClone(one))).toEqual([]);
    }),
  ));

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
