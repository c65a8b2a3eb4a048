import type { ReactNode } from 'react';

/** In the font of the text: the other weighs 70 KB, which a page loads for code and logs only. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-line-strong bg-hover px-1.5 py-px font-sans text-xs text-muted">
      {children}
    </kbd>
  );
}
