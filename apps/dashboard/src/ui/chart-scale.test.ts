import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedSlots, scaleOf, slotOf, ticksTo } from './chart-scale.ts';

const hour = (at: number) => new Date(Date.UTC(2026, 8, 1, at)).toISOString();
const day = (at: number) => new Date(Date.UTC(2026, 8, at)).toISOString();

describe('the scale of a chart', () => {
  test.each([
    [0, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [7, [0, 2, 4, 6, 8]],
    [97, [0, 25, 50, 75, 100]],
    [0.0042, [0, 0.002, 0.004, 0.006]],
  ])('up to %d is read by round values', (max, ticks) => expect(ticksTo(max)).toEqual(ticks));

  test('every value has a place beneath the highest line, which is not far above it', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (max) => {
        const highest = ticksTo(max).at(-1) ?? 0;
        expect(highest).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(highest).toBeLessThanOrEqual(max * 2);
      }),
    ));

  test.each([
    ['hours that follow each other', [hour(1), hour(2), hour(4)], undefined, 4],
    ['one hour of a day', [hour(5)], { from: hour(0), to: hour(24) }, 24],
    ['one day of a month', [day(9)], { from: day(1), to: day(31) }, 30],
    ['nothing in a day', [], { from: hour(0), to: hour(24) }, 24],
    ['nothing at all', [], undefined, 1],
    ['one moment alone', [hour(3)], undefined, 1],
  ])('a slot is there for each, also where nothing happened: %s', (_, moments, during, count) => {
    const scale = scaleOf(moments, during);
    expect(scale.count).toBe(count);
    for (const at of moments) {
      expect(slotOf(scale, at)).toBeGreaterThanOrEqual(0);
      expect(slotOf(scale, at)).toBeLessThan(count);
    }
  });

  test('names are spread evenly and never too many', () => {
    expect(namedSlots(24, 6)).toEqual([0, 4, 8, 12, 16, 20]);
    expect(namedSlots(3, 6)).toEqual([0, 1, 2]);
  });
});
