'use client';

import { api } from '@clawster/contract/api';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Empty, Trouble } from '../../ui/page.tsx';
import { BotFilterBar } from './bot-filter-bar.tsx';
import { useBotFilter } from './bot-filter.ts';
import { BotTable } from './bot-table.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { NoBots } from './no-bots.tsx';

const pageSize = 100;

/** All bots: ten thousand as quickly as ten. The server filters and sorts, only the rows in sight exist. */
export function BotListPage() {
  const [filter, setFilter] = useBotFilter();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const asked = useDeferredValue(filter);
  const query = useInfiniteQuery({
    ...qPages(api.bots.list, { ...inputOf(asked), limit: pageSize }),
    placeholderData: keepPreviousData,
  });
  const bots = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const total = query.data?.pages[0]?.total;
  const filtered = filter.search !== '' || filter.phase !== null;

  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-5 pb-3 sm:px-6">
        <div className="flex items-baseline gap-2">
          <h1 className="text-xl font-semibold tracking-tight">Bots</h1>
          <span className="min-w-16 text-sm text-muted" aria-live="polite">
            {howMany(total, filtered)}
          </span>
        </div>
        <ButtonLink look="primary" href={paths.newBot} icon={<Plus />}>
          New bot
        </ButtonLink>
      </div>
      <BotFilterBar filter={filter} setFilter={setFilter} />
      {query.error && !bots ? (
        <div className="px-4 sm:px-6">
          <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
        </div>
      ) : null}
      {bots?.length === 0 ? (
        filtered ? (
          <NothingMatches clear={() => void setFilter({ search: '', phase: null })} />
        ) : (
          <NoBots />
        )
      ) : (
        <BotTable
          bots={bots}
          total={total}
          selected={selected}
          onSelect={setSelected}
          stale={query.isPlaceholderData}
          more={query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined}
        />
      )}
      <BulkBar bots={bots ?? []} selected={selected} onClear={() => setSelected(new Set())} />
    </div>
  );
}

function howMany(total: number | undefined, filtered: boolean): string {
  if (total === undefined) return '';
  return filtered ? `${total.toLocaleString('en')} match` : count(total, 'bot');
}

function inputOf({ search, phase, order, descending }: ReturnType<typeof useBotFilter>[0]) {
  return { ...(search ? { search } : {}), ...(phase ? { phase } : {}), order, descending };
}

function NothingMatches({ clear }: { clear: () => void }) {
  return (
    <Empty title="No bot matches" action={<Button onClick={clear}>Clear the filter</Button>}>
      Try another word or another phase.
    </Empty>
  );
}
