import { describe, expect, test } from 'vitest';
import { duringOf } from './activity-filter.ts';

const now = Date.UTC(2026, 8, 10, 12, 0, 30);
const hoursOf = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 3_600_000;

describe('the time that is looked at', () => {
  test.each([
    ['hour', 1],
    ['day', 24],
    ['week', 168],
    ['month', 720],
  ] as const)('the last %s ends with this minute', (range, hours) => {
    const during = duringOf({ range, from: '', to: '' }, now);
    expect(hoursOf(during)).toBe(hours);
    expect(during.to).toBe('2026-09-10T12:01:00.000Z');
  });

  test('both days of a range belong to it', () =>
    expect(hoursOf(duringOf({ range: 'days', from: '2026-09-01', to: '2026-09-02' }, now))).toBe(48));

  test('without its days it is the last week', () =>
    expect(hoursOf(duringOf({ range: 'days', from: '', to: '' }, now))).toBe(168));

  test('days the wrong way round still are some time', () =>
    expect(hoursOf(duringOf({ range: 'days', from: '2026-09-05', to: '2026-09-01' }, now))).toBe(1));
});
