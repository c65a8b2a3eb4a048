import { expect, test } from 'vitest';
import { countedRange } from './counted-range.ts';

const range = (from: string, to: string) => countedRange({ from: new Date(from), to: new Date(to) });

test('up to three days are counted in whole hours', () =>
  expect(range('2026-11-26T10:20:00Z', '2026-11-27T10:20:00Z')).toEqual({
    by: 'hour',
    days: { from: '2026-11-26', to: '2026-11-26' },
    hours: { from: '2026-11-26T10:00:00.000Z', to: '2026-11-27T11:00:00.000Z' },
    from: '2026-11-26T10:00:00.000Z',
    to: '2026-11-27T11:00:00.000Z',
  }));

test('longer ones in whole days, and the hours of the last', () =>
  expect(range('2026-11-20T10:20:00Z', '2026-11-27T10:20:00Z')).toEqual({
    by: 'day',
    days: { from: '2026-11-20', to: '2026-11-27' },
    hours: { from: '2026-11-27T00:00:00.000Z', to: '2026-11-27T11:00:00.000Z' },
    from: '2026-11-20T00:00:00.000Z',
    to: '2026-11-27T11:00:00.000Z',
  }));

test('whole days need no hours', () => {
  const { hours, days } = range('2026-11-01T00:00:00Z', '2026-11-27T00:00:00Z');
  expect(hours.from).toBe(hours.to);
  expect(days).toEqual({ from: '2026-11-01', to: '2026-11-27' });
});

test('until now, the last day is counted whole', () =>
  expect(
    countedRange({ from: new Date('2026-11-20T10:20:00Z'), to: new Date('2026-11-27T10:20:00Z'), untilNow: true }),
  ).toMatchObject({
    days: { from: '2026-11-20', to: '2026-11-28' },
    hours: { from: '2026-11-28T00:00:00.000Z', to: '2026-11-28T00:00:00.000Z' },
    to: '2026-11-27T11:00:00.000Z',
  }));
