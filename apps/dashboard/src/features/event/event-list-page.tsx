'use client';

import { api, apiPrefix } from '@clawster/contract/api';
import type { EventRecord } from '@clawster/contract/event';
import { outcomeOf } from '@clawster/contract/event-outcome';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Download, Hourglass, ScrollText, Stamp } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { buttonLook } from '../../ui/button-look.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { ViewsMenu } from '../audit-view/views-menu.tsx';
import { EventDialog } from './event-dialog.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { askOf, outcomeWords, useAuditFilter } from './event-filter.ts';
import { actorName, sayEvent } from './say-event.ts';
import { useVerification, VerificationResult, VerifyButton } from './verify-trail.tsx';

const SinksDialog = lazily(() => import('../audit-sink/sinks-dialog.tsx').then((module) => module.SinksDialog));
const RetentionDialog = lazily(() =>
  import('../audit-retention/retention-dialog.tsx').then((module) => module.RetentionDialog),
);
const pageSize = 50;

/** The audit trail: who did what, when, from where, and whether the record of it is whole. */
export function EventListPage() {
  const [filter, setFilter] = useAuditFilter();
  const { search, by, outcome, noun, range } = useDeferredValue(filter);
  const asked = useMemo(
    () => askOf({ search, by, outcome, noun, range, event: undefined }),
    [search, by, outcome, noun, range],
  );
  const query = useInfiniteQuery({
    ...qPages(api.events.list, { ...asked, limit: pageSize }),
    placeholderData: keepPreviousData,
  });
  const events = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const verification = useVerification();
  const [opened, setOpened] = useState<'sinks' | 'retention'>();
  const close = () => setOpened(undefined);
  const shown = events?.find(({ id }) => id === filter.event);
  return (
    <Page
      title="Audit"
      lead="Everything that was changed, refused or signed in to, sealed within a second."
      actions={
        <>
          <ExportLink asked={asked} format="csv" />
          <ExportLink asked={asked} format="jsonl" />
          <VerifyButton {...verification} />
          <Menu label="More">
            <MenuItem
              icon={<Stamp />}
              title="Checkpoints…"
              hint="Send the signed end of the trail elsewhere"
              onChoose={() => setOpened('sinks')}
            />
            <MenuItem
              icon={<Hourglass />}
              title="Retention…"
              hint="For how long events are kept"
              onChoose={() => setOpened('retention')}
            />
          </Menu>
        </>
      }
    >
      {opened === 'sinks' ? <SinksDialog onClose={close} /> : null}
      {opened === 'retention' ? <RetentionDialog onClose={close} /> : null}
      <VerificationResult {...verification} />
      <EventFilterBar
        filter={filter}
        setFilter={setFilter}
        views={<ViewsMenu filter={filter} setFilter={setFilter} />}
      />
      {query.error && !events ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <EventRows events={events} stale={query.isPlaceholderData} onOpen={(event) => setFilter({ event })} />
        </Card>
      )}
      {query.hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      ) : null}
      {shown ? <EventDialog event={shown} onClose={() => setFilter({ event: null })} /> : null}
    </Page>
  );
}

function ExportLink({ asked, format }: { asked: Record<string, string>; format: 'csv' | 'jsonl' }) {
  const query = new URLSearchParams({ ...asked, format });
  return (
    <a href={`${apiPrefix}${api.events.export.path}?${query}`} download className={buttonLook('quiet')}>
      <Download aria-hidden />
      {format === 'csv' ? 'CSV' : 'JSON lines'}
      <span className="sr-only">: export what is shown</span>
    </a>
  );
}

type RowsProps = { events: EventRecord[] | undefined; stale: boolean; onOpen: (id: string) => void };

function EventRows({ events, stale, onOpen }: RowsProps) {
  if (events?.length === 0)
    return (
      <Empty icon={<ScrollText />} title="Nothing fits">
        Nothing that happened fits these filters. Choose fewer, or a longer time.
      </Empty>
    );
  return (
    <ol
      className={`divide-y divide-line ${stale ? 'opacity-60' : ''}`}
      aria-label="Events"
      aria-busy={!events || stale}
    >
      {events
        ? events.map((event) => <EventRow key={event.id} event={event} onOpen={onOpen} />)
        : Array.from({ length: 12 }, (_, key) => (
            <li key={key} className="flex h-11 items-center px-4">
              <Skeleton className="h-4 w-2/3" />
            </li>
          ))}
    </ol>
  );
}

function EventRow({ event, onOpen }: { event: EventRecord; onOpen: (id: string) => void }) {
  const { before, after } = sayEvent(event);
  const outcome = outcomeOf(event);
  return (
    <li>
      <button
        type="button"
        className="flex h-11 w-full items-center gap-3 px-4 text-left text-sm hover:bg-hover"
        onClick={() => onOpen(event.id)}
      >
        <span className="min-w-0 flex-1 truncate">
          {before} <span className="font-medium">{event.subjectName ?? event.subjectId?.slice(0, 8)}</span>{' '}
          <span className="text-muted">{after}</span>
        </span>
        {outcome === 'done' ? null : <span className="shrink-0 text-bad">{outcomeWords[outcome]}</span>}
        <span className="hidden w-32 shrink-0 truncate text-muted sm:block">{actorName(event.actor)}</span>
        <span className="hidden w-32 shrink-0 truncate text-muted lg:block">{event.origin?.address}</span>
        <Time at={event.at} className="w-20 shrink-0 text-right text-muted" />
      </button>
    </li>
  );
}
