'use client';

import { exactTime, relativeTime } from '../lib/time.ts';
import { useNow } from '../lib/use-now.ts';

/** How long ago, with the exact moment on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at)} className={className} suppressHydrationWarning>
      {relativeTime(at, now)}
    </time>
  );
}
