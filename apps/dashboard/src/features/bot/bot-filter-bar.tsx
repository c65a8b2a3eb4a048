'use client';

import { ArrowDownNarrowWide, ArrowUpNarrowWide, Search } from 'lucide-react';
import { useRef } from 'react';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { oneOf } from '../../lib/use-url-state.ts';
import { IconButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';
import { type BotFilter, botOrders, orderWords, type SetBotFilter, shownPhases } from './bot-filter.ts';
import { phaseLooks } from './phase.tsx';

type BotFilterBarProps = { filter: BotFilter; setFilter: SetBotFilter };

export function BotFilterBar({ filter, setFilter }: BotFilterBarProps) {
  const search = useRef<HTMLInputElement>(null);
  useHotkey('/', (event) => {
    event.preventDefault();
    search.current?.focus();
  });
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <div className="relative min-w-40 flex-1 sm:max-w-80">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
        <Input
          ref={search}
          type="search"
          aria-label="Search bots by name"
          placeholder="Search by name or label"
          className="pl-8"
          value={filter.search}
          onChange={(event) => setFilter({ search: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // Browsers empty a search field at Escape; here it leads back to what was found.
            event.preventDefault();
            event.currentTarget.blur();
          }}
        />
      </div>
      <Select
        aria-label="Phase"
        className="w-auto!"
        value={filter.phase ?? ''}
        onChange={(event) => setFilter({ phase: oneOf(shownPhases, event.target.value) })}
      >
        <option value="">All phases</option>
        {shownPhases.map((phase) => (
          <option key={phase} value={phase}>
            {phaseLooks[phase].word}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Order"
        className="w-auto!"
        value={filter.order}
        onChange={(event) => setFilter({ order: oneOf(botOrders, event.target.value) ?? 'name' })}
      >
        {botOrders.map((order) => (
          <option key={order} value={order}>
            {orderWords[order]}
          </option>
        ))}
      </Select>
      <IconButton
        label={filter.descending ? 'Sorted downwards; sort upwards' : 'Sorted upwards; sort downwards'}
        onClick={() => setFilter({ descending: !filter.descending })}
      >
        {filter.descending ? <ArrowDownNarrowWide /> : <ArrowUpNarrowWide />}
      </IconButton>
    </div>
  );
}
