import { expect, test } from 'vitest';
import { holds, limitNow } from './lift.ts';
import { exhaustedAt, periodAt } from './period.ts';
import { type BudgetFacts, reachedBy } from './reached.ts';

const at = (text: string) => new Date(`${text}Z`);
const day = (date: Date) => date.toISOString().slice(0, 10);

test.each([
  ['day', '2026-11-27T23:59:59', '2026-11-27', '2026-11-28'],
  ['week', '2026-11-29T23:59:59', '2026-11-23', '2026-11-30'],
  ['week', '2026-11-30T00:00:00', '2026-11-30', '2026-12-07'],
  ['week', '2027-01-01T12:00:00', '2026-12-28', '2027-01-04'],
  ['month', '2026-12-31T23:00:00', '2026-12-01', '2027-01-01'],
] as const)('a %s of UTC begins and ends by the calendar (%s)', (period, now, begins, ends) => {
  const { startsAt, endsAt } = periodAt(period, at(now));
  expect([day(startsAt), day(endsAt)]).toEqual([begins, ends]);
});

test('the day a limit is reached is told only where it is in the period', () => {
  const month = periodAt('month', at('2026-11-11T00:00:00'));
  const spending = (spentUsd: number) =>
    exhaustedAt({ spentUsd, limitUsd: 100, now: at('2026-11-11T00:00:00') }, month);
  expect(spending(50)?.toISOString()).toBe('2026-11-21T00:00:00.000Z');
  expect([spending(20), spending(0), spending(100)]).toEqual([undefined, undefined, undefined]);
});

test('a lift adds to the limit, or takes it away for a while', () => {
  const now = at('2026-11-11T00:00:00');
  const until = '2026-11-11T01:00:00Z';
  expect([limitNow(10, undefined, now), limitNow(10, { usd: 5 }, now), limitNow(10, { until }, now)]).toEqual([
    10,
    15,
    undefined,
  ]);
  expect([holds({ until }, at('2026-11-11T01:00:00')), limitNow(10, { until }, at('2026-11-11T02:00:00'))]).toEqual([
    false,
    10,
  ]);
});

const facts: BudgetFacts = {
  warnAt: [50, 80, 100],
  hard: true,
  limitUsd: 10,
  spentUsd: 0,
  reservedUsd: 0,
  refused: false,
  warned: [],
  toldSpent: false,
};
test.each([
  ['nothing below the first percentage', { spentUsd: 4.99 }, undefined, []],
  ['a percentage when it is reached', { spentUsd: 5 }, { kind: 'warned', percent: 50 }, [50]],
  ['a percentage once', { spentUsd: 6, warned: [50] }, undefined, [50]],
  ['the highest of those that are passed at once', { spentUsd: 9 }, { kind: 'warned', percent: 80 }, [50, 80]],
  ['that it is spent', { spentUsd: 10, warned: [50, 80] }, { kind: 'spent' }, [50, 80, 100]],
  ['that it is spent once', { spentUsd: 11, warned: [50, 80, 100], toldSpent: true }, undefined, [50, 80, 100]],
  [
    'that bots are stopped though some may be given back',
    { spentUsd: 9, reservedUsd: 1, refused: true },
    { kind: 'spent' },
    [50, 80],
  ],
  ['nothing of the kind for a soft one', { spentUsd: 4, reservedUsd: 6, refused: true, hard: false }, undefined, []],
  [
    'that it goes on, once it is lifted',
    { spentUsd: 10, limitUsd: 25, toldSpent: true, warned: [50, 80, 100] },
    { kind: 'resumed' },
    [],
  ],
  ['nothing without a limit', { spentUsd: 99, limitUsd: undefined }, undefined, []],
] as const)('is told: %s', (_, some, tell, warned) => {
  expect(reachedBy({ ...facts, ...some })).toEqual({ warned, ...(tell ? { tell } : {}) });
});
