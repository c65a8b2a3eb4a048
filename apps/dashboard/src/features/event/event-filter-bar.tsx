'use client';

import type { ReactNode } from 'react';
import { SearchField } from '../../ui/search-field.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import {
  type AuditFilter,
  actorWords,
  nounWords,
  outcomeWords,
  rangeWords,
  type SetAuditFilter,
} from './event-filter.ts';

type Words = Readonly<Record<string, string>>;

type Props = { filter: AuditFilter; setFilter: SetAuditFilter; views: ReactNode };

export function EventFilterBar({ filter, setFilter, views }: Props) {
  const choices: [name: 'noun' | 'by' | 'outcome' | 'range', label: string, all: string, words: Words][] = [
    ['noun', 'About', 'About everything', nounWords],
    ['by', 'By', 'By anyone', actorWords],
    ['outcome', 'Outcome', 'Any outcome', outcomeWords],
    ['range', 'When', 'At any time', rangeWords],
  ];
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        label="Search names, addresses and details"
        placeholder="Name, address, detail"
        maxLength={100}
        value={filter.search}
        onChange={(search) => setFilter({ search })}
      />
      {choices.map(([name, label, all, words]) => (
        <WordSelect
          key={name}
          label={label}
          all={all}
          words={words}
          value={filter[name] ?? ''}
          onChange={(value) => setFilter({ [name]: value })}
        />
      ))}
      {views}
    </div>
  );
}
