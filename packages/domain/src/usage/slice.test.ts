import { expect, test } from 'vitest';
import { slicesOf } from './slice.ts';

const midnight = (day: string) => `2026-${day}T00:00:00.000Z`;

test('the latest days come first, and more of them each time', () =>
  expect(slicesOf({ from: '2026-10-01T05:00:00.000Z', to: '2026-11-27T10:00:00.000Z' })).toEqual([
    { from: midnight('11-26'), to: '2026-11-27T10:00:00.000Z' },
    { from: midnight('11-20'), to: midnight('11-26') },
    { from: midnight('10-28'), to: midnight('11-20') },
    { from: '2026-10-01T05:00:00.000Z', to: midnight('10-28') },
  ]));

test.each([
  ['a range of hours is one', '2026-11-27T08:00:00.000Z', '2026-11-27T10:00:00.000Z'],
  ['so is one up to midnight', '2026-11-26T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
])('%s', (_, from, to) => expect(slicesOf({ from, to })).toEqual([{ from, to }]));
