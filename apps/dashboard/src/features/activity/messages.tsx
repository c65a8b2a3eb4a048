'use client';

import { api } from '@clawster/contract/api';
import type { MessageUse } from '@clawster/contract/trace';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { MessagesSquare } from 'lucide-react';
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
import { BotName, ChannelName } from './bot-and-channel.tsx';
import { CrossCheckCard } from './cross-check-card.tsx';
import { UsageChart } from './usage-chart.tsx';
import { UsageShown } from './usage-shown.tsx';

const parts = ['bot', 'channel', 'range'] as const;
const whole = (value: number) => value.toLocaleString('en');

/** How much bots are written to on each channel, and how quickly and how well they answer. */
export function Messages() {
  const [filter, setFilter] = useActivityFilter();
  const deferred = useDeferredValue(filter);
  const asked = useMemo(() => ({ ...askedTime(deferred), ...askedWhere(deferred) }), [deferred]);
  const query = useQuery({ ...q(api.traces.messages, asked), placeholderData: keepPreviousData });
  return (
    <div className="space-y-4">
      <ActivityFilterBar filter={filter} setFilter={setFilter} parts={parts} />
      <UsageShown
        query={query}
        icon={<MessagesSquare />}
        nothing="No messages in this time"
        about="How much each bot is written to on each channel, how quickly it answers and what it left unanswered."
      >
        {({ items, more, series, from, to }) => (
          <>
            <Card title="Messages over time">
              <UsageChart label="Messages over time" unit="messages" series={series} during={{ from, to }} />
            </Card>
            <Card title="By bot and channel" flush>
              <DataTable
                label="Messages by bot and channel"
                columns={columns}
                rows={items}
                keyOf={({ botId, channel }) => `${botId} ${channel}`}
              />
              {more > 0 ? <p className="px-4 py-2 text-sm text-muted">and {more} more with fewer messages</p> : null}
            </Card>
          </>
        )}
      </UsageShown>
      <CrossCheckCard asked={asked} />
    </div>
  );
}

const columns: readonly Column<MessageUse>[] = [
  { name: 'Bot', of: (use) => <BotName bot={use} className="font-medium" /> },
  { name: 'Channel', of: ({ channel }) => <ChannelName channel={channel} /> },
  { name: 'Received', figure: true, of: ({ received }) => whole(received) },
  { name: 'Sent', figure: true, of: ({ sent }) => whole(sent) },
  { name: 'Turns', figure: true, of: (use) => <TurnsLink use={use} /> },
  {
    name: 'Failed',
    figure: true,
    of: ({ failed, turns }) => (
      <span className={failed > 0 ? 'text-bad' : 'text-muted'} title={`${whole(failed)} of ${whole(turns)}`}>
        {percent(failed, turns)}
      </span>
    ),
  },
  {
    name: 'Unanswered',
    figure: true,
    of: ({ unanswered }) => <span className={unanswered > 0 ? 'text-warn' : 'text-muted'}>{whole(unanswered)}</span>,
  },
  { name: 'Half within', figure: true, of: ({ p50Ms }) => (p50Ms === undefined ? '–' : took(p50Ms)) },
  { name: '95 % within', figure: true, of: ({ p95Ms }) => (p95Ms === undefined ? '–' : took(p95Ms)) },
];

function TurnsLink({ use: { botId, channel, turns } }: { use: MessageUse }) {
  return (
    <Link
      href={paths.activity('turns', { bot: botId, ...(channel ? { channel } : {}) })}
      prefetch={false}
      className="text-accent hover:underline"
    >
      {whole(turns)}
    </Link>
  );
}
