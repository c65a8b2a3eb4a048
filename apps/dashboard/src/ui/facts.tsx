import { clsx } from 'clsx';
import type { ReactNode } from 'react';

type FactsProps = {
  /** What each is called, and what it is; what is undefined is left out. */
  facts: readonly (readonly [name: string, value: ReactNode])[];
  /** How wide the names may be, as a class of Tailwind's. */
  columns: `grid-cols-[${string}rem_minmax(0,1fr)]`;
};

/** Names with what they are, in two columns. */
export function Facts({ facts, columns }: FactsProps) {
  return (
    <dl className={clsx('grid gap-x-3 gap-y-1.5 text-sm', columns)}>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
