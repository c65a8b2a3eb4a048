'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { q, qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Card, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Time } from '../../ui/time.tsx';
import { IncidentList } from './incident-list.tsx';
import { SignalTable } from './signal-table.tsx';
import { lookAgainMs } from './use-fleet-health.ts';
import { Verdict } from './verdict.tsx';

/** How one bot is and why: each signal with its age, and the times in which it was not well. */
export function BotHealth({ bot: { id: botId } }: { bot: Bot }) {
  const { data, error, refetch } = useQuery({ ...q(api.health.bot, { botId }), refetchInterval: lookAgainMs });
  if (error && !data)
    return (
      <div className="p-4 sm:p-6">
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      </div>
    );
  if (!data)
    return (
      <div aria-busy className="p-4 sm:p-6">
        <Skeleton className="h-96 w-full" />
      </div>
    );
  const { verdict, why, fix, since, signals } = data;
  return (
    <div className="mx-auto max-w-6xl space-y-5 p-4 sm:p-6">
      <Card title="Now">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <Verdict verdict={verdict} pill />
          <span className="min-w-0 break-words" aria-live="polite">
            {why}
          </span>
          <span className="text-muted">
            since <Time at={since} />
          </span>
        </p>
        {fix ? <p className="mt-2 text-sm text-muted">{fix}.</p> : null}
      </Card>
      <Card title="Signals" flush>
        <SignalTable signals={signals} />
      </Card>
      <BotIncidents botId={botId} />
    </div>
  );
}

function BotIncidents({ botId }: { botId: string }) {
  const query = useInfiniteQuery(qPages(api.incidents.ofBot, { botId, limit: 20 }));
  const incidents = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Card title="Incidents" flush>
      {incidents ? (
        <IncidentList incidents={incidents} isOfOneBot empty="It was never unwell for long." />
      ) : (
        <ul aria-busy>
          <RowsWaiting rows={2} />
        </ul>
      )}
      <ShowMore query={query} className="border-t border-line p-3" />
    </Card>
  );
}
