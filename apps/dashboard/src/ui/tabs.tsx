'use client';

import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

type TabsProps<Name extends string> = {
  /** What they are the parts of, for whoever does not see them. */
  label: string;
  tabs: readonly Name[];
  names: Readonly<Record<Name, string>>;
  value: Name;
  onChange: (value: Name) => void;
  /** Fills the height there is, so that each part scrolls by itself. */
  fills?: boolean;
  /** A `TabPanel` for each. */
  children: ReactNode;
};

/** The parts of a page, one at a time; arrows move among their names. */
export function Tabs<Name extends string>({ label, tabs, names, fills = false, ...props }: TabsProps<Name>) {
  const { value, onChange, children } = props;
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as Name)}
      className={fills ? 'flex min-h-0 flex-1 flex-col' : undefined}
    >
      <Base.List
        aria-label={label}
        className={`flex gap-1 overflow-x-auto border-b border-line ${fills ? 'px-3 sm:px-5' : 'mb-5'}`}
      >
        {tabs.map((name) => (
          <Base.Tab
            key={name}
            value={name}
            className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-muted hover:text-text data-active:border-accent data-active:text-text"
          >
            {names[name]}
          </Base.Tab>
        ))}
      </Base.List>
      {children}
    </Base.Root>
  );
}

type TabPanelProps = { value: string; className?: string; children: ReactNode };

/** One of the parts: made when it is shown. */
export function TabPanel({ value, className, children }: TabPanelProps) {
  return (
    <Base.Panel value={value} className={className}>
      {children}
    </Base.Panel>
  );
}
