'use client';

import type { ReactNode } from 'react';
import { SuggestingInput } from '../../ui/field.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import { BotSelect } from '../bot/bot-select.tsx';
import type { ActivityFilter, SetActivityFilter } from './activity-filter.ts';
import { RangeSelect } from './range-select.tsx';
import { channelWords, outcomeWords } from './words.ts';

export type FilterPart = 'bot' | 'channel' | 'tool' | 'outcome' | 'search' | 'range';
type BarProps = {
  filter: ActivityFilter;
  setFilter: SetActivityFilter;
  /** What can be chosen here. */
  parts: readonly FilterPart[];
  /** Tools that are seen here, to choose from. */
  tools?: string[];
  /** Why what was said cannot be searched. */
  whyNoSearch?: string | undefined;
  children?: ReactNode;
};
const push = { push: true };

/** Chooses what is shown of the activity. */
export function ActivityFilterBar({ filter, setFilter, parts, tools, whyNoSearch, children }: BarProps) {
  const has = (part: FilterPart) => parts.includes(part);
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {has('search') ? (
        <SearchField
          label="Search in what was said"
          placeholder="Words of what was said"
          maxLength={200}
          disabled={whyNoSearch !== undefined}
          title={whyNoSearch}
          value={filter.search}
          onChange={(search) => setFilter({ search })}
        />
      ) : null}
      {has('bot') ? (
        <BotSelect
          none="Every bot"
          aria-label="Bot"
          className="w-auto! max-w-44"
          value={filter.bot}
          onChange={({ target }) => setFilter({ bot: target.value }, push)}
        />
      ) : null}
      {has('channel') ? (
        <WordSelect
          label="Channel"
          all="Every channel"
          words={channelWords}
          value={filter.channel}
          onChange={(channel) => setFilter({ channel }, push)}
        />
      ) : null}
      {has('outcome') ? (
        <WordSelect
          label="Outcome"
          all="Any outcome"
          words={outcomeWords}
          value={filter.outcome ?? ''}
          onChange={(outcome) => setFilter({ outcome }, push)}
        />
      ) : null}
      {has('tool') ? (
        <SuggestingInput
          type="search"
          aria-label="Tool"
          placeholder="Any tool"
          className="w-32!"
          maxLength={200}
          offered={tools}
          value={filter.tool}
          onChange={({ target }) => setFilter({ tool: target.value })}
        />
      ) : null}
      {has('range') ? <RangeSelect filter={filter} setFilter={setFilter} /> : null}
      {children}
    </div>
  );
}
