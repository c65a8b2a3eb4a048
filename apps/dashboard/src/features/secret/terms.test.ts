import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayOf, daysOf, momentOf, termsShape } from './terms.ts';

test('a day that was chosen is the day that is shown, in any zone', () => {
  for (const day of ['2027-01-31', '2026-03-29', '2026-10-25']) expect(dayOf(momentOf(day))).toBe(day);
  expect([momentOf(''), dayOf(undefined)]).toEqual([undefined, '']);
});

test.each([
  ['', undefined],
  ['90', 90],
] as const)('%o says %s days', (text, days) => expect(daysOf(text)).toBe(days));

test.each(['0', '-1', 'ninety', '1.5', '99999'])('%s is no number of days', (text) =>
  expect(z.object(termsShape).shape.rotateDays.safeParse(text).success).toBe(false),
);
