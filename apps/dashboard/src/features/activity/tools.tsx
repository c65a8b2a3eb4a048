'use client';

import { api } from '@clawster/contract/api';
import type { ToolUse } from '@clawster/contract/trace';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import Link from 'next/link';
import { useDeferredValue, useMemo } from 'react';
import { percent } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { took } from '../../lib/time.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Card } from '../../ui/page.tsx';
import { ActivityFilterBar } from './activity-filter-bar.tsx';
import { askedTime, askedWhere, useActivityFilter } from './activity-filter.ts';
import { BotName } from './bot-and-channel.tsx';
import { Loops } from './loops.tsx';
import { UsageChart } from './usage-chart.tsx';
import { UsageShown } from './usage-shown.tsx';

const parts = ['bot', 'channel', 'tool', 'range'] as const;

/** What bots use their tools for, how well it goes, and where they go in circles. */
export function Tools() {
  const [filter, setFilter] = useActivityFilter();
  const deferred = useDeferredValue(filter);
  const time = useMemo(() => ({ ...askedTime(deferred), ...askedWhere(deferred) }), [deferred]);
  const asked = deferred.tool ? { ...time, tool: deferred.tool } : time;
  const query = useQuery({ ...q(api.traces.tools, asked), placeholderData: keepPreviousData });
  const known = [...new Set(query.data?.items.map(({ tool }) => tool))].toSorted();
  return (
    <div className="space-y-4">
      <ActivityFilterBar filter={filter} setFilter={setFilter} parts={parts} tools={known} />
      <UsageShown
        query={query}
        icon={<Wrench />}
        nothing="No tool was used in this time"
        about="What each bot uses its tools for, how often that fails and how long it takes."
      >
        {({ items, more, series, from, to }) => (
          <>
            <Card title="Tool calls over time">
              <UsageChart label="Tool calls over time" unit="tool calls" series={series} during={{ from, to }} />
            </Card>
            <Card title="By bot and tool" flush>
              <DataTable
                label="Tool calls by bot and tool"
                columns={columns}
                rows={items}
                keyOf={({ botId, tool }) => `${botId} ${tool}`}
              />
              {more > 0 ? <p className="px-4 py-2 text-sm text-muted">and {more} more that are used less</p> : null}
            </Card>
          </>
        )}
      </UsageShown>
      <Loops asked={time} />
    </div>
  );
}

const columns: readonly Column<ToolUse>[] = [
  { name: 'Bot', of: (use) => <BotName bot={use} className="font-medium" /> },
  {
    name: 'Tool',
    of: ({ botId, tool }) => (
      <Link
        href={paths.activity('turns', { bot: botId, tool })}
        prefetch={false}
        className="font-mono text-accent hover:underline"
      >
        {tool}
      </Link>
    ),
  },
  { name: 'Uses', figure: true, of: ({ uses }) => uses.toLocaleString('en') },
  {
    name: 'Failed',
    figure: true,
    of: ({ failed, uses }) => (
      <span className={failed > 0 ? 'text-bad' : 'text-muted'} title={`${failed} of ${uses}`}>
        {percent(failed, uses)}
      </span>
    ),
  },
  { name: 'Half within', figure: true, of: ({ p50Ms }) => (p50Ms === undefined ? '–' : took(p50Ms)) },
  { name: '95 % within', figure: true, of: ({ p95Ms }) => (p95Ms === undefined ? '–' : took(p95Ms)) },
];
