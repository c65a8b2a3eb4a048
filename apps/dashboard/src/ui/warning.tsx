import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What should be known before or after something is done, though it hinders nothing. */
export function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
