'use client';

import { Search } from 'lucide-react';
import { type ComponentProps, useRef } from 'react';
import { useHotkey } from '../lib/use-hotkey.ts';
import { Input } from './field.tsx';

type SearchFieldProps = Omit<ComponentProps<'input'>, 'onChange'> & {
  label: string;
  onChange: (text: string) => void;
};

/** What a list is searched with; `/` leads there, and Escape back to what was found. */
export function SearchField({ label, onChange, ...rest }: SearchFieldProps) {
  const search = useRef<HTMLInputElement>(null);
  useHotkey('/', (event) => {
    event.preventDefault();
    search.current?.focus();
  });
  return (
    <div className="relative min-w-40 flex-1 sm:max-w-80">
      <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
      <Input
        {...rest}
        ref={search}
        type="search"
        aria-label={label}
        className="pl-8"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // Browsers empty a search field at Escape.
          event.preventDefault();
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}
