import { api } from '@clawster/contract/api';
import type { Loop } from '@clawster/contract/trace';
import { useQuery } from '@tanstack/react-query';
import { Repeat } from 'lucide-react';
import Link from 'next/link';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import type { askedTime, askedWhere } from './activity-filter.ts';
import { BotName } from './bot-and-channel.tsx';

export type AskedUsage = ReturnType<typeof askedTime> & ReturnType<typeof askedWhere>;

/** Turns that went in circles, each with why it is taken for one. */
export function Loops({ asked }: { asked: AskedUsage }) {
  const { data, error, refetch } = useQuery(q(api.traces.loops, asked));
  return (
    <Card title="Went in circles" flush>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <ul aria-label="Turns that went in circles" className="divide-y divide-line">
        {data || error ? null : <RowsWaiting rows={1} />}
        {data?.items.map((loop) => (
          <LoopRow key={`${loop.botId} ${loop.turnId}`} loop={loop} />
        ))}
      </ul>
      {data?.items.length === 0 ? (
        <p className="p-4 text-sm text-muted">
          No turn called the same thing again and again, or spent very much in a short time.
        </p>
      ) : null}
    </Card>
  );
}

function LoopRow({ loop }: { loop: Loop }) {
  const { traceId, at, why, toolCalls, modelCalls, costUsd } = loop;
  return (
    <li className="relative flex min-h-14 items-center gap-3 px-4 py-2 text-sm hover:bg-hover">
      <Repeat aria-hidden className="size-4 shrink-0 text-warn" />
      <span className="min-w-0 flex-1">
        <Link
          href={paths.trace(traceId)}
          prefetch={false}
          className="outline-offset-[-2px] after:absolute after:inset-0"
        >
          {why}
        </Link>
        <span className="block text-xs text-muted">
          <BotName bot={loop} className="relative z-10" />, {count(toolCalls, 'tool call')},{' '}
          {count(modelCalls, 'model call')}, {usd(costUsd)}
        </span>
      </span>
      <Time at={at} className="w-20 shrink-0 text-right text-muted" />
    </li>
  );
}
