import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DayCost, forecastMonth } from './forecast.ts';

const dayMs = 86_400_000;
/** Days up to and with this one, at what each cost. */
const until = (last: string, costs: number[]): DayCost[] =>
  costs.map((usd, at) => ({
    day: new Date(Date.parse(last) - (costs.length - 1 - at) * dayMs).toISOString().slice(0, 10),
    usd,
  }));

test.each([
  ['no day', [], 'Nothing is known yet.'],
  ['today alone', [4], 'It cannot be told yet: no whole day is known, and 3 are needed.'],
  ['a day and today', [2, 4], 'It cannot be told yet: 1 whole day is known, and 3 are needed.'],
  ['days before the first use', [0, 0, 0, 0, 2, 4], 'It cannot be told yet: 1 whole day is known, and 3 are needed.'],
])('from %s it cannot be told, and it says so', (_, costs, basis) => {
  const told = forecastMonth(until('2026-11-10', costs));
  expect(told.basis).toBe(basis);
  expect(told.expected).toBeUndefined();
});

test('from some days alike it is what they come to', () => {
  const { spentUsd, expected, basis } = forecastMonth(until('2026-11-10', [2, 2, 2, 2, 1]));
  expect(spentUsd).toBe(9);
  // 8 spent, today 2, and 20 days of 2.
  expect(expected).toEqual({ usd: 50, lowUsd: 50, highUsd: 50 });
  expect(basis).toContain('From the last 4 whole days');
});

test('from two weeks on weekdays are told apart', () => {
  const workday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
  const days = until(
    '2026-11-27',
    Array.from({ length: 22 }, () => 0),
  ).map(({ day }) => ({ day, usd: workday(day) ? 10 : 0 }));
  const { spentUsd, expected, basis } = forecastMonth(days);
  // Friday the 27th is over, Saturday and Sunday cost nothing, Monday the 30th does.
  expect(expected?.usd).toBeCloseTo(spentUsd + 10);
  expect(basis).toContain('each weekday by itself');
});

test('only what was spent this month counts as spent', () => {
  const { spentUsd, month } = forecastMonth(until('2026-11-02', [5, 5, 5, 5, 1]));
  expect([month, spentUsd]).toEqual(['2026-11', 6]);
});

test('the range holds what is expected, and is never below what is spent', () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 60 }), (costs) => {
      const { spentUsd, expected } = forecastMonth(until('2026-11-17', costs));
      if (!expected) return;
      expect(expected.lowUsd).toBeGreaterThanOrEqual(spentUsd);
      expect(expected.usd).toBeGreaterThanOrEqual(expected.lowUsd - 1e-9);
      expect(expected.highUsd).toBeGreaterThanOrEqual(expected.usd);
    }),
  ));
