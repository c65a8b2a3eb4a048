import { expect, test } from 'vitest';
import { studentQuantile, welch } from './welch.ts';

test.each([
  [0.975, 30, 2.042],
  [0.995, 30, 2.75],
  [0.995, 60, 2.66],
  [0.9, 10, 1.372],
  [0.9, 3, 1.638],
  [0.025, 30, -2.042],
])('the quantile %d of Student with %d degrees of freedom is that of the tables', (share, freedom, expected) =>
  expect(studentQuantile(share, freedom)).toBeCloseTo(expected, 2),
);

test('the range of a difference is the one that tables of Student give', () => {
  const before = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
  const after = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 27.1];
  const { difference, low, high } = welch(before, after, 0.95);
  expect([difference, low, high].map((value) => value.toFixed(1))).toEqual(['3.0', '0.9', '5.1']);
});

/** The same numbers on each run (Lehmer). */
function numbers(seed: number) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('of a hundred pairs of samples from one distribution, about one is told to differ', () => {
  const next = numbers(7);
  const sample = () => Array.from({ length: 40 }, () => -Math.log(next()));
  const told = Array.from({ length: 400 }, () => welch(sample(), sample())).filter(
    ({ low, high }) => low > 0 || high < 0,
  );
  expect(told.length).toBeLessThanOrEqual(12);
});

test('what always was the same and is the same still does not differ', () =>
  expect(welch([2, 2, 2], [2, 2, 2])).toEqual({ difference: 0, low: 0, high: 0 }));
