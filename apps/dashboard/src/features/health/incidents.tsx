'use client';

import { api } from '@clawster/contract/api';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { qPages } from '../../lib/query.ts';
import { useNow } from '../../lib/use-now.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Card } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { IncidentList } from './incident-list.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';

const hourMs = 3_600_000;
const ranges = {
  day: { word: 'Last day', hours: 24 },
  week: { word: 'Last week', hours: 168 },
  month: { word: 'Last 30 days', hours: 720 },
};
const rangeNames = ['day', 'week', 'month'] as const;

/** When bots were not well, in the time that the address names. */
export function useIncidents() {
  const [params, setParams] = useUrlState();
  const range = oneOf(rangeNames, params.get('range')) ?? 'week';
  // To the minute, so that the same question stays the same.
  const now = Math.floor(useNow(60_000) / 60_000) * 60_000;
  const from = now - ranges[range].hours * hourMs;
  const query = useInfiniteQuery({
    ...qPages(api.incidents.list, { from: new Date(from).toISOString(), limit: 100 }),
    placeholderData: keepPreviousData,
  });
  const incidents = useMemo(() => query.data?.pages.flatMap(({ items }) => items), [query.data]);
  const setRange = (name: string) => setParams({ range: name === 'week' ? null : name });
  return { query, incidents, from, until: now + 60_000, range, setRange };
}

/** Bars over time, and the list behind them. */
export function Incidents({ query, incidents = [], from, until, range, setRange }: ReturnType<typeof useIncidents>) {
  return (
    <Card
      title="Incidents"
      flush
      actions={
        <select
          aria-label="Time"
          className="rounded-md border border-line bg-surface px-2 py-1 text-sm"
          value={range}
          onChange={({ target }) => setRange(target.value)}
        >
          {rangeNames.map((name) => (
            <option key={name} value={name}>
              {ranges[name].word}
            </option>
          ))}
        </select>
      }
    >
      {incidents.length > 0 ? <IncidentTimeline incidents={incidents} from={from} until={until} /> : null}
      <IncidentList incidents={incidents} empty="No bot was unwell for long in this time." />
      <ShowMore query={query} className="border-t border-line p-3" />
    </Card>
  );
}
