import { expect, test } from 'vitest';
import { daysOf } from './range.ts';

test.each([
  ['this-month', '2026-11-01', '2026-11-27'],
  ['last-month', '2026-10-01', '2026-10-31'],
  ['7-days', '2026-11-21', '2026-11-27'],
  ['30-days', '2026-10-29', '2026-11-27'],
] as const)('on 27 November %s is from %s to %s', (range, from, to) =>
  expect(daysOf(range, Date.parse('2026-11-27T23:59:00Z'))).toEqual({ from, to }),
);

test('last month of January is in the year before', () =>
  expect(daysOf('last-month', Date.parse('2027-01-05T00:00:00Z'))).toEqual({ from: '2026-12-01', to: '2026-12-31' }));
