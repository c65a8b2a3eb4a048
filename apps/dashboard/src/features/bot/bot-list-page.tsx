'use client';

import { api } from '@clawster/contract/api';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Trouble } from '../../ui/page.tsx';
import { openHalt } from '../fleet/open-halt.ts';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { BotFilterBar } from './bot-filter-bar.tsx';
import { type BotFilter, useBotFilter } from './bot-filter.ts';
import { BotTable } from './bot-table.tsx';
import { NewBotLink } from './new-bot-link.tsx';
import { useSelection } from './use-selection.ts';

const NoMatch = lazily(() => import('./no-match.tsx').then((module) => module.NoMatch));
const BulkBar = lazily(() => import('./bulk-bar.tsx').then((module) => module.BulkBar));
const pageSize = 100;

/** All bots: ten thousand as quickly as ten. The server filters and sorts, only the rows in sight exist. */
export function BotListPage() {
  const [filter, setFilter] = useBotFilter();
  const { bots, total, error, refetch, stale, more } = useBotPages(filter);
  const { selected, select, everSelected } = useSelection(stale ? undefined : bots);
  const filtered = filter.search !== '' || filter.phase !== undefined;

  return (
    <div className="flex h-full flex-col">
      <Heading howMany={howMany(total, filtered)} />
      <BotFilterBar filter={filter} setFilter={setFilter} />
      {error && !bots ? (
        <div className="px-4 sm:px-6">
          <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
        </div>
      ) : null}
      {bots?.length === 0 ? (
        <NoMatch clear={filtered ? () => setFilter({ search: '', phase: undefined }) : undefined} />
      ) : (
        <BotTable bots={bots} total={total} selected={selected} onSelect={select} stale={stale} more={more} />
      )}
      {everSelected ? <BulkBar bots={bots ?? []} selected={selected} onClear={() => select(new Set())} /> : null}
    </div>
  );
}

/** The bots that match, a page more whenever the end comes into sight. */
function useBotPages(filter: BotFilter) {
  const asked = useDeferredValue(filter);
  const query = useInfiniteQuery({
    ...qPages(api.bots.list, { ...inputOf(asked), limit: pageSize }),
    placeholderData: keepPreviousData,
  });
  const bots = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  return {
    bots,
    total: query.data?.pages[0]?.total,
    error: query.error,
    refetch: query.refetch,
    stale: query.isPlaceholderData,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined,
  };
}

function Heading({ howMany: words }: { howMany: string }) {
  const forbidden = whyNowhere(useIdentity(), 'bot:operate');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-5 pb-3 sm:px-6">
      <div className="flex items-baseline gap-2">
        <h1 className="text-xl font-semibold tracking-tight">Bots</h1>
        <span className="min-w-16 text-sm text-muted" aria-live="polite">
          {words}
        </span>
      </div>
      <div className="flex gap-2">
        <Button look="quietDanger" icon={<OctagonX />} whyNot={forbidden} onClick={() => openHalt()}>
          Emergency stop
        </Button>
        <NewBotLink />
      </div>
    </div>
  );
}

function howMany(total: number | undefined, filtered: boolean): string {
  if (total === undefined) return '';
  return filtered ? `${total.toLocaleString('en')} match` : count(total, 'bot');
}

/** No name of a bot has an equals sign, so what looks like labels is meant as labels. */
const byLabels = /^[^=,]+=[^=,]+(,[^=,]+=[^=,]+)*$/;

function inputOf({ search, phase, order, descending }: BotFilter) {
  const asked = byLabels.test(search) ? { selector: search } : { search };
  return { ...(search ? asked : {}), ...(phase ? { phase } : {}), order, descending };
}
