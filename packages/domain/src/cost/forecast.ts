import type { Forecast } from '@clawster/contract/cost';
import { studentQuantile, momentsOf } from './welch.ts';

export type DayCost = { day: string; usd: number };

const daysNeeded = 3;
/** From two of each weekday on, they are told apart. */
const daysForWeekdays = 14;
const dayMs = 86_400_000;

/**
 * Where a month is thought to end, from what each day cost: `days` in order and without a gap, the last of them today, which
 * is not over. Says what it is based on, and that it cannot tell when that is too little.
 */
export function forecastMonth(days: readonly DayCost[]): Forecast {
  const today = days.at(-1);
  if (!today) return { month: '', spentUsd: 0, basis: 'Nothing is known yet.' };
  const month = today.day.slice(0, 7);
  const spentUsd = days.reduce((sum, { day, usd }) => (day.startsWith(month) ? sum + usd : sum), 0);
  const whole = days.slice(0, -1);
  const firstUsed = whole.findIndex(({ usd }) => usd > 0);
  const known = firstUsed === -1 ? [] : whole.slice(firstUsed);
  if (known.length < daysNeeded) return { month, spentUsd, basis: tooLittle(known.length) };

  const byWeekday = known.length >= daysForWeekdays;
  const usual = usualOf(known, byWeekday);
  const ahead = daysAfter(today.day).map(usual.of);
  // What is left of today: it may have cost more than usual already.
  const restOfToday = Math.max(0, usual.of(today.day) - today.usd);
  const usd = spentUsd + restOfToday + ahead.reduce((sum, cost) => sum + cost, 0);
  // Days differ from what is usual, and what is usual is itself known from few.
  const left = ahead.length + 1;
  const reach = studentQuantile(0.9, usual.freedom) * usual.deviation * Math.sqrt(left + left ** 2 / known.length);
  return {
    month,
    spentUsd,
    expected: { usd, lowUsd: Math.max(spentUsd, usd - reach), highUsd: usd + reach },
    basis: basisOf(known.length, byWeekday),
  };
}

function usualOf(known: readonly DayCost[], byWeekday: boolean) {
  const groupOf = (day: string) => (byWeekday ? new Date(day).getUTCDay() : 0);
  const groups = Map.groupBy(known, ({ day }) => groupOf(day));
  const means = new Map([...groups].map(([group, some]) => [group, momentsOf(some.map(({ usd }) => usd)).mean]));
  const of = (day: string) => means.get(groupOf(day)) ?? 0;
  const freedom = known.length - means.size;
  const squares = known.reduce((sum, { day, usd }) => sum + (usd - of(day)) ** 2, 0);
  return { of, freedom, deviation: Math.sqrt(squares / freedom) };
}

/** The days of the month that are still to come. */
function daysAfter(today: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(today) + dayMs; ; at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (!day.startsWith(today.slice(0, 7))) return days;
    days.push(day);
  }
}

function tooLittle(known: number): string {
  const what = known === 0 ? 'no whole day is known' : `${known} whole ${known === 1 ? 'day is' : 'days are'} known`;
  return `It cannot be told yet: ${what}, and ${daysNeeded} are needed.`;
}

function basisOf(known: number, byWeekday: boolean): string {
  const how = byWeekday ? 'each weekday by itself' : 'all days alike, since weekdays are told apart from 14 days on';
  return `From the last ${known} whole days, ${how}. If days go on as they were, four of five months end in this range.`;
}
