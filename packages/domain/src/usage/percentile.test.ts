import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentileOf } from './percentile.ts';

test.each([
  ['of none there is none', [], 0.5, undefined],
  ['what was taken away again counts not', [{ bucket: 4, count: 0 }], 0.5, undefined],
  ['half of a bucket lies in its middle', [{ bucket: 2, count: 10 }], 0.5, 2],
  [
    'in whatever order they come',
    [
      { bucket: 20, count: 1 },
      { bucket: 2, count: 99 },
    ],
    0.5,
    2,
  ],
  [
    'the slowest are in the last',
    [
      { bucket: 2, count: 50 },
      { bucket: 20, count: 50 },
    ],
    0.95,
    1399,
  ],
] as const)('%s', (_, buckets, part, ms) => expect(percentileOf(buckets, part)).toBe(ms));

test('of whatever took however long, a percentile is right to within a bucket', () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95),
      (all, part) => {
        const buckets = all.map((ms) => ({ bucket: Math.floor(2 * Math.log2(ms)), count: 1 }));
        const sorted = all.toSorted((one, other) => one - other);
        const exact = sorted[Math.ceil(part * sorted.length) - 1] as number;
        const told = percentileOf(buckets, part) as number;
        expect(told).toBeGreaterThanOrEqual(Math.floor(exact / Math.SQRT2));
        expect(told).toBeLessThanOrEqual(Math.ceil(exact * Math.SQRT2));
      },
    ),
  ));
