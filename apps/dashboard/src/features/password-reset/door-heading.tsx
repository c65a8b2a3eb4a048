import type { ReactNode } from 'react';

/** What stands at the top of a page before the door. */
export function DoorHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <div className="mt-1 mb-6 space-y-2 text-muted">{children}</div>
    </>
  );
}
