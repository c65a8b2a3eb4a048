'use client';

import { ArrowDownNarrowWide, ArrowUpNarrowWide } from 'lucide-react';
import { oneOf } from '../../lib/use-url-state.ts';
import { IconButton } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { type BotFilter, botOrders, orderWords, type SetBotFilter, shownPhases } from './bot-filter.ts';
import { phaseLooks } from './phase.tsx';

type BotFilterBarProps = { filter: BotFilter; setFilter: SetBotFilter };

export function BotFilterBar({ filter, setFilter }: BotFilterBarProps) {
  return (
    <div role="search" className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchField
        label="Search bots by name"
        placeholder="Search by name or label"
        value={filter.search}
        onChange={(search) => setFilter({ search })}
      />
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
