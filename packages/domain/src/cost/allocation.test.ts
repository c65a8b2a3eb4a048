import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocateDay } from './allocation.ts';

const hour = (usd: number | undefined, ...botIds: string[]) => ({ usd, botIds });

test.each([
  ['two bots share an hour', [hour(1, 'a', 'b')], undefined, { a: 0.5, b: 0.5 }],
  ['who came later pays later', [hour(1, 'a'), hour(1, 'a', 'b')], undefined, { a: 1.5, b: 0.5 }],
  ['an hour without bots is idle', [hour(1), hour(1, 'a')], undefined, { a: 1, null: 1 }],
  ['an hour without a price books nothing', [hour(undefined, 'a')], undefined, {}],
  ['what was imported goes by the hours each was there', [hour(9, 'a'), hour(9, 'a', 'b')], 3, { a: 2, b: 1 }],
  ['what was imported for a day without bots is idle', [hour(9)], 3, { null: 3 }],
  ['what was imported for a day nobody saw is idle', [], 3, { null: 3 }],
  ['nothing imported is nothing', [hour(9, 'a')], 0, {}],
])('%s', (_, hours, imported, expected) =>
  expect(Object.fromEntries(allocateDay(hours, imported).map(({ botId, usd }) => [String(botId), usd]))).toEqual(
    expected,
  ),
);

const anyHour = fc.record({
  usd: fc.double({ min: 0, max: 100, noNaN: true }),
  botIds: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')),
});
test('what is booked is what is paid, whoever was there', () =>
  fc.assert(
    fc.property(
      fc.array(anyHour, { maxLength: 24 }),
      fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: undefined }),
      (hours, imported) => {
        const booked = allocateDay(hours, imported).reduce((sum, { usd }) => sum + usd, 0);
        expect(booked).toBeCloseTo(imported ?? hours.reduce((sum, { usd }) => sum + usd, 0), 6);
      },
    ),
  ));
