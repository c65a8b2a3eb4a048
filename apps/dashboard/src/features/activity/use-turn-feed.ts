import { api } from '@clawster/contract/api';
import type { ListTurns, Turn } from '@clawster/contract/trace';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { q, qPages } from '../../lib/query.ts';

type Asked = Omit<ListTurns, 'cursor' | 'limit'>;
type FeedOptions = {
  /** Looks for new ones by itself. */
  live: boolean;
  /** Someone reads further down: then nothing moves, and what is new waits. */
  reading: boolean;
};

/** Of a page, more than the tallest screen shows: only its end asks for the next. */
const pageSize = 100;
const lookEveryMs = 3_000;
/** While someone reads, it is only counted. */
const countEveryMs = 9_000;

/** The turns that match, the latest first, a page more whenever the end comes into sight; new ones come by themselves. */
export function useTurnFeed(asked: Asked, { live, reading }: FeedOptions) {
  const queryClient = useQueryClient();
  const pages = useMemo(() => qPages(api.traces.turns, { ...asked, limit: pageSize }), [asked]);
  // All pages anew would move what one reads.
  const query = useInfiniteQuery({ ...pages, placeholderData: keepPreviousData, refetchOnWindowFocus: false });
  const { data: newest } = useQuery({
    ...q(api.traces.turns, { ...asked, limit: pageSize }),
    enabled: live && query.isSuccess && !query.isPlaceholderData,
    refetchInterval: reading ? countEveryMs : lookEveryMs,
  });
  const { queryKey } = pages;
  useEffect(() => {
    // From the top on it is the first page anew, so that a day of looking on keeps no more than one.
    if (newest && !reading && live) queryClient.setQueryData(queryKey, { pages: [newest], pageParams: [undefined] });
  }, [newest, reading, live, queryClient, queryKey]);
  const turns = useMemo(() => query.data?.pages.flatMap((page) => page.items), [query.data]);
  const waiting = useMemo(() => countNew(newest?.items, turns), [newest, turns]);
  return {
    turns,
    error: query.error,
    refetch: query.refetch,
    stale: query.isPlaceholderData,
    more: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : undefined,
    /** How many are there that are not shown. */
    waiting: live && reading ? waiting : 0,
  };
}

/** What tells a turn from all others: bots name their own. */
export function turnKey({ botId, id }: Pick<Turn, 'botId' | 'id'>): string {
  return `${botId} ${id}`;
}

function countNew(newest: Turn[] | undefined, shown: Turn[] | undefined): number {
  if (!newest || !shown) return 0;
  const known = new Set(shown.map(turnKey));
  return newest.filter((turn) => !known.has(turnKey(turn))).length;
}
