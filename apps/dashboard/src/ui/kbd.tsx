import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-line-strong bg-hover px-1.5 py-px font-mono text-xs text-muted">
      {children}
    </kbd>
  );
}
