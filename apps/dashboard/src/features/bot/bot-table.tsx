'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { useEffect, useRef, useState } from 'react';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { useRowsInSight } from '../../lib/use-rows-in-sight.ts';
import { Skeleton } from '../../ui/page.tsx';
import { RowsInSight } from '../../ui/rows-in-sight.tsx';
import { BotRow, rowColumns } from './bot-row.tsx';

type BotTableProps = {
  /** Undefined while the first page is on its way. */
  bots: ListedBot[] | undefined;
  total: number | undefined;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  stale: boolean;
  more: (() => void) | undefined;
};

export const rowHeight = 52;

export function BotTable({ bots, total, selected, onSelect, stale, more }: BotTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = bots?.length ?? 12;
  const { rows, bringIntoSight } = useRowsInSight({ count, rowHeight, scroller });
  const lastShown = rows.at(-1) ?? 0;
  useEffect(() => {
    if (bots && more && lastShown >= bots.length - 20) more();
  }, [bots, more, lastShown]);
  const toggle = (botId: string) => onSelect(toggled(selected, botId));
  const [current, setCurrent] = useState(-1);
  useRowKeys({ count: bots?.length ?? 0, current, onMove: setCurrent, scrollTo: bringIntoSight, scroller });
  useHotkey('x', () => (bots?.[current] ? toggle(bots[current].id) : undefined));
  const allSelected = bots !== undefined && bots.length > 0 && bots.every((bot) => selected.has(bot.id));

  return (
    <div
      role="table"
      aria-label="Bots"
      aria-rowcount={(total ?? 0) + 1}
      aria-busy={bots === undefined || stale}
      className="flex min-h-0 flex-1 flex-col border-t border-line"
    >
      <HeaderRow
        isLoaded={bots !== undefined}
        allSelected={allSelected}
        onSelectAll={() => onSelect(allSelected ? new Set() : new Set(bots?.map((bot) => bot.id)))}
      />
      <RowsInSight
        scroller={scroller}
        rows={rows}
        count={count}
        rowHeight={rowHeight}
        stale={stale}
        keyOf={(index) => bots?.[index]?.id}
      >
        {(index) => {
          const bot = bots?.[index];
          return bot ? (
            <BotRow
              bot={bot}
              index={index}
              selected={selected.has(bot.id)}
              current={current === index}
              onToggle={toggle}
            />
          ) : (
            <SkeletonRow />
          );
        }}
      </RowsInSight>
    </div>
  );
}

type HeaderRowProps = { isLoaded: boolean; allSelected: boolean; onSelectAll: () => void };

function HeaderRow({ isLoaded, allSelected, onSelectAll }: HeaderRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={1}
      className={`${rowColumns} h-9 shrink-0 border-b border-line bg-ground text-xs font-medium text-muted`}
    >
      <span role="columnheader" className="flex justify-center">
        <input
          type="checkbox"
          aria-label="Select all that are loaded"
          className="size-4 accent-accent"
          checked={allSelected}
          disabled={!isLoaded}
          onChange={onSelectAll}
        />
      </span>
      <span role="columnheader">Bot</span>
      <span role="columnheader">Phase</span>
      <span role="columnheader" className="hidden lg:block">
        Model
      </span>
      <span role="columnheader" className="hidden text-right md:block">
        Memory
      </span>
      <span role="columnheader" className="hidden text-right sm:block">
        Since
      </span>
    </div>
  );
}

function toggled(selected: ReadonlySet<string>, botId: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(botId)) next.add(botId);
  return next;
}

function SkeletonRow() {
  return (
    <div className={`${rowColumns} h-full border-b border-line`}>
      <span />
      <span className="space-y-1.5">
        <Skeleton className="h-3.5 w-32" />
        <Skeleton className="h-3 w-20" />
      </span>
      <span className="space-y-1.5">
        <Skeleton className="h-3.5 w-20" />
        <Skeleton className="h-3 w-40 max-w-full" />
      </span>
    </div>
  );
}
