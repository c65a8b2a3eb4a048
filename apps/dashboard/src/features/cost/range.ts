import type { Days } from '@clawster/contract/cost';

/** The days that can be chosen. */
export const ranges = ['this-month', 'last-month', '7-days', '30-days'] as const;
export type Range = (typeof ranges)[number];
export const rangeNames: Record<Range, string> = {
  'this-month': 'This month',
  'last-month': 'Last month',
  '7-days': 'Last 7 days',
  '30-days': 'Last 30 days',
};

/** Whole days of UTC up to and with today, or those of the month before. */
export function daysOf(range: Range, now: number): Days {
  const today = new Date(now);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const back = (days: number) => ({ from: day(now - (days - 1) * 86_400_000), to: day(now) });
  if (range === '7-days') return back(7);
  if (range === '30-days') return back(30);
  if (range === 'last-month') return { from: day(Date.UTC(year, month - 1, 1)), to: day(Date.UTC(year, month, 0)) };
  return { from: day(Date.UTC(year, month, 1)), to: day(now) };
}
