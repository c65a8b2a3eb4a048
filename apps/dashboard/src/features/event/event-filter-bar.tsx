'use client';

import { Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { Input, Select } from '../../ui/field.tsx';
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
  const search = useRef<HTMLInputElement>(null);
  useHotkey('/', (event) => {
    event.preventDefault();
    search.current?.focus();
  });
  const choices: [name: 'noun' | 'by' | 'outcome' | 'range', label: string, all: string, words: Words][] = [
    ['noun', 'About', 'About everything', nounWords],
    ['by', 'By', 'By anyone', actorWords],
    ['outcome', 'Outcome', 'Any outcome', outcomeWords],
    ['range', 'When', 'At any time', rangeWords],
  ];
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-40 flex-1 sm:max-w-80">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
        <Input
          ref={search}
          type="search"
          aria-label="Search names, addresses and details"
          placeholder="Name, address, detail"
          className="pl-8"
          maxLength={100}
          value={filter.search}
          onChange={(event) => setFilter({ search: event.target.value })}
        />
      </div>
      {choices.map(([name, label, all, words]) => (
        <Select
          key={name}
          aria-label={label}
          className="w-auto!"
          value={filter[name] ?? ''}
          onChange={(event) => setFilter({ [name]: event.target.value })}
        >
          <option value="">{all}</option>
          {Object.entries(words).map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Select>
      ))}
      {views}
    </div>
  );
}
