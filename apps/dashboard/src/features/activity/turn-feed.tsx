'use client';

import type { Turn } from '@clawster/contract/trace';
import { ArrowUp } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { sentenceOf } from '../../lib/sentence.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { useRowsInSight } from '../../lib/use-rows-in-sight.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { RowsInSight } from '../../ui/rows-in-sight.tsx';
import { ActivityFilterBar, type FilterPart } from './activity-filter-bar.tsx';
import { type ActivityFilter, askedTurns, type SetActivityFilter, useActivityFilter } from './activity-filter.ts';
import { NoTurns } from './no-turns.tsx';
import { TextNote, useWhyNoText } from './text-note.tsx';
import { TurnRow, turnColumns } from './turn-row.tsx';
import { turnKey, useTurnFeed } from './use-turn-feed.ts';

const rowHeight = 56;
/** So little scrolled is still the top. */
const topPixels = 8;
const parts = ['search', 'channel', 'outcome', 'tool', 'range'] as const;
const partsOfAll = ['search', 'bot', ...parts.slice(1)] as const;

/** What bots were asked and did, the latest first and live; of one bot where it is given. */
export function TurnFeed({ botId }: { botId?: string }) {
  const [filter, setFilter] = useActivityFilter();
  const deferred = useDeferredValue(filter);
  const asked = useMemo(() => askedTurns(botId ? { ...deferred, bot: botId } : deferred), [deferred, botId]);
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const { isTop, toTop } = useIsTop(scroller);
  const { live, liveSwitch } = useLive(filter);
  const feed = useTurnFeed(asked, { live, reading: !isTop || current !== undefined });
  const { turns, error, refetch, stale, more, waiting } = feed;
  const showNew = () => {
    setCurrent(undefined);
    toTop();
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <FeedHead {...{ filter, setFilter, turns }} parts={botId ? parts : partsOfAll} trouble={error} retry={refetch}>
        {liveSwitch}
      </FeedHead>
      {turns?.length === 0 ? <NoTurns filter={filter} setFilter={setFilter} botId={botId} /> : null}
      {turns?.length === 0 || (error && !turns) ? null : (
        <div className="relative flex min-h-0 flex-1 flex-col">
          <NewTurns count={waiting} show={showNew} />
          <TurnTable {...{ turns, stale, more, scroller, current, showsBot: !botId }} onCurrent={setCurrent} />
        </div>
      )}
    </div>
  );
}

type FeedHeadProps = {
  filter: ActivityFilter;
  setFilter: SetActivityFilter;
  parts: readonly FilterPart[];
  turns: Turn[] | undefined;
  trouble: Error | null;
  retry: () => Promise<unknown>;
  children: ReactNode;
};

function FeedHead({ filter, setFilter, parts: shown, turns, trouble, retry, children }: FeedHeadProps) {
  const whyNoSearch = useWhyNoText();
  const tools = useMemo(() => [...new Set(turns?.flatMap((turn) => turn.tools))].toSorted(), [turns]);
  return (
    <div className="space-y-2 px-4 pt-4 pb-3 sm:px-6">
      <ActivityFilterBar {...{ filter, setFilter, tools, whyNoSearch }} parts={shown}>
        {children}
      </ActivityFilterBar>
      <TextNote hasText={turns && turns.length > 0 ? turns.some(({ text }) => text) : undefined} />
      {trouble ? <Trouble message={sentenceOf(trouble)} retry={() => void retry()} /> : null}
    </div>
  );
}

/** Whether new ones are looked for, in the address as all that is chosen; nothing new comes to a time that is over. */
function useLive({ range, to }: ActivityFilter) {
  const [params, setParams] = useUrlState();
  const isOver = range === 'days' && to !== '';
  const live = !isOver && params.get('live') !== 'off';
  const liveSwitch = isOver ? null : (
    <Checkbox checked={live} onChange={(on) => setParams({ live: on ? null : 'off' })}>
      Live
    </Checkbox>
  );
  return { live, liveSwitch };
}

/** Whether a list is at its beginning, where what is new comes in. */
function useIsTop(scroller: RefObject<HTMLDivElement | null>) {
  const [isTop, setIsTop] = useState(true);
  useEffect(() => {
    // The list may come and go with what is asked; scrolling does not bubble, and is seen on its way down.
    const look = ({ target }: Event) => {
      if (target === scroller.current && scroller.current) setIsTop(scroller.current.scrollTop <= topPixels);
    };
    document.addEventListener('scroll', look, { capture: true, passive: true });
    return () => document.removeEventListener('scroll', look, { capture: true });
  }, [scroller]);
  const toTop = useCallback(() => scroller.current?.scrollTo({ top: 0 }), [scroller]);
  return { isTop, toTop };
}

function NewTurns({ count, show }: { count: number; show: () => void }) {
  return (
    <div aria-live="polite" className="pointer-events-none absolute inset-x-0 top-11 z-20 flex justify-center">
      {count > 0 ? (
        <Button look="primary" icon={<ArrowUp />} className="pointer-events-auto shadow-raised" onClick={show}>
          {count} new
        </Button>
      ) : null}
    </div>
  );
}

type TurnTableProps = {
  turns: Turn[] | undefined;
  stale: boolean;
  more: (() => void) | undefined;
  scroller: RefObject<HTMLDivElement | null>;
  /** The turn one is at, by its key: new ones come in above it. */
  current: string | undefined;
  onCurrent: (key: string | undefined) => void;
  showsBot: boolean;
};

function TurnTable({ turns, stale, more, scroller, current, onCurrent, showsBot }: TurnTableProps) {
  const count = turns?.length ?? 12;
  const { rows, bringIntoSight } = useRowsInSight({ count, rowHeight, scroller });
  const lastShown = rows.at(-1) ?? 0;
  useEffect(() => {
    if (turns && more && lastShown >= turns.length - 20) more();
  }, [turns, more, lastShown]);
  useRowKeys({
    count: turns?.length ?? 0,
    current: turns?.findIndex((turn) => turnKey(turn) === current) ?? -1,
    onMove: (index) => onCurrent(turns?.[index] && turnKey(turns[index])),
    scrollTo: bringIntoSight,
    scroller,
  });
  useHotkey('Escape', () => onCurrent(undefined));
  return (
    <div
      role="table"
      aria-label="Turns"
      aria-busy={turns === undefined || stale}
      className="flex min-h-0 flex-1 flex-col border-t border-line"
    >
      <div
        role="row"
        className={`${turnColumns} hidden h-9 shrink-0 border-b border-line bg-ground text-xs font-medium text-muted md:grid`}
      >
        <Head>When</Head>
        <Head>{showsBot ? 'Bot' : 'Channel'}</Head>
        <Head>What</Head>
        <Head>Outcome</Head>
        <Head figure>Tokens</Head>
        <Head figure>Cost</Head>
        <Head figure>Took</Head>
      </div>
      <RowsInSight
        scroller={scroller}
        rows={rows}
        count={count}
        rowHeight={rowHeight}
        stale={stale}
        keyOf={(index) => turns?.[index] && turnKey(turns[index])}
      >
        {(index) => {
          const turn = turns?.[index];
          return turn ? (
            <TurnRow turn={turn} index={index} current={turnKey(turn) === current} showsBot={showsBot} />
          ) : (
            <div className="flex h-full items-center border-b border-line px-6">
              <Skeleton className="h-4 w-2/3" />
            </div>
          );
        }}
      </RowsInSight>
    </div>
  );
}

function Head({ figure = false, children }: { figure?: boolean; children: string }) {
  return (
    <span role="columnheader" className={figure ? 'hidden text-right lg:block' : ''}>
      {children}
    </span>
  );
}
