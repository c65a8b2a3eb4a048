import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Input } from '../../ui/field.tsx';

type SearchBarProps = { label: string; value: string; onChange: (text: string) => void; children?: ReactNode };

/** Searches a list of layers; beside it what is done with the list as a whole. */
export function SearchBar({ label, value, onChange, children }: SearchBarProps) {
  return (
    <div role="search" className="mb-3 flex flex-wrap items-center gap-2">
      <div className="relative min-w-40 flex-1 sm:max-w-80">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
        <Input
          type="search"
          aria-label={label}
          placeholder={label}
          className="pl-8"
          maxLength={100}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div className="ml-auto flex flex-wrap gap-2">{children}</div>
    </div>
  );
}
