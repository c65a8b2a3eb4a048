'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useNow } from '../../lib/use-now.ts';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { EventLine } from '../event/event-line.tsx';
import { gatherEvents } from '../event/gather-events.ts';

const dayMs = 86_400_000;

/** What changed in the last day, newest first. */
export function RecentEvents() {
  const { data, error, refetch } = useQuery(q(api.events.list, { limit: 50 }));
  const now = useNow(60_000);
  // That a bot which starts is given its secrets is for the audit page: here it would hide the rest.
  const shown = data?.items.filter(({ type }) => type !== 'secret-delivered');
  const recent = shown?.filter((event) => now - new Date(event.at).getTime() < dayMs);
  return (
    <Card title="In the last day" flush>
      {error && !data ? (
        <div className="p-4">
          <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
        </div>
      ) : null}
      {recent?.length === 0 ? <p className="p-4 text-sm text-muted">Nothing changed.</p> : null}
      <ol className="divide-y divide-line">
        {recent
          ? gatherEvents(recent).map((events) => <EventLine key={events[0]?.id} events={events} />)
          : Array.from({ length: 6 }, (_, key) => (
              <li key={key} className="flex h-10 items-center px-4">
                <Skeleton className="h-4 w-2/3" />
              </li>
            ))}
      </ol>
    </Card>
  );
}
