import { type AuditRange, auditRangeHours } from '@clawster/contract/audit-range';
import { useMemo } from 'react';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import type { During } from '../../ui/chart-scale.ts';
import { outcomeWords } from './words.ts';

export const rangeWords: Record<AuditRange | 'days', string> = {
  hour: 'Last hour',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  month: 'Last 30 days',
  days: 'From … to …',
};
const ranges = Object.keys(rangeWords) as (keyof typeof rangeWords)[];
const outcomes = Object.keys(outcomeWords) as (keyof typeof outcomeWords)[];
const hourMs = 3_600_000;
const dayText = /^\d{4}-\d\d-\d\d$/;

export type ActivityFilter = {
  bot: string;
  channel: string;
  tool: string;
  outcome: keyof typeof outcomeWords | undefined;
  search: string;
  range: keyof typeof rangeWords;
  /** Days, for the range between two. */
  from: string;
  to: string;
};
/** With `push`, the browser's way back undoes it. */
export type SetActivityFilter = (
  change: Partial<Record<keyof ActivityFilter, string>>,
  options?: { push: boolean },
) => void;

const narrowing = ['bot', 'channel', 'tool', 'outcome', 'search'] as const;

/** What is shown of the activity, and of which time; lives in the URL, so that any view can be sent to a colleague. */
export function useActivityFilter(): [ActivityFilter, SetActivityFilter] {
  const [params, setParams] = useUrlState();
  const filter = useMemo(() => filterOf(params), [params]);
  const set: SetActivityFilter = (change, options) =>
    setParams(Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null])), options);
  return [filter, set];
}

function filterOf(params: URLSearchParams): ActivityFilter {
  const text = (name: string) => params.get(name) ?? '';
  const day = (name: string) => (dayText.test(text(name)) ? text(name) : '');
  return {
    bot: text('bot'),
    channel: text('channel'),
    tool: text('tool'),
    outcome: oneOf(outcomes, params.get('outcome')),
    search: text('search'),
    range: oneOf(ranges, params.get('range')) ?? 'day',
    from: day('from'),
    to: day('to'),
  };
}

/** Whether something narrows it down, besides the time. */
export function isNarrowed(filter: ActivityFilter): boolean {
  return narrowing.some((name) => filter[name]);
}

/** What takes back all that narrows it down. */
export const cleared = Object.fromEntries(narrowing.map((name) => [name, '']));

/** The time that is meant, up to now unless a last day is given. To the minute, so that the same question stays the same. */
export function duringOf({ range, from, to }: Pick<ActivityFilter, 'range' | 'from' | 'to'>, now = Date.now()): During {
  const minute = Math.ceil(now / 60_000) * 60_000;
  const until = range === 'days' && to ? Date.parse(`${to}T00:00`) + 24 * hourMs : minute;
  const hours = range === 'days' ? auditRangeHours.week : auditRangeHours[range];
  const since = range === 'days' && from ? Date.parse(`${from}T00:00`) : until - hours * hourMs;
  return { from: new Date(Math.min(since, until - hourMs)).toISOString(), to: new Date(until).toISOString() };
}

/** The time as the server takes it: what goes on until now has no end. */
export function askedTime(filter: ActivityFilter): { from: string; to?: string } {
  const { from, to } = duringOf(filter);
  return filter.range === 'days' && filter.to ? { from, to } : { from };
}

/** Which bot and channel, as the server takes it. */
export function askedWhere({ bot, channel }: ActivityFilter) {
  return { ...(bot ? { botId: bot } : {}), ...(channel ? { channel } : {}) };
}

/** Which turns, as the server takes it. */
export function askedTurns(filter: ActivityFilter) {
  const { tool, outcome, search } = filter;
  return {
    ...askedTime(filter),
    ...askedWhere(filter),
    ...(tool ? { tool } : {}),
    ...(outcome ? { outcome } : {}),
    ...(search.trim() ? { search: search.trim() } : {}),
  };
}
