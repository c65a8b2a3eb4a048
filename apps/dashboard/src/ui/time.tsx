'use client';

import { exactTime, relativeTime, shortTime } from '../lib/time.ts';
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

/** A moment to come that matters: the date, and how far off it is on hover. */
export function Until({ at }: { at: string }) {
  const now = useNow(60_000);
  return (
    <time dateTime={at} title={`${exactTime(at)}, ${relativeTime(at, now)}`} suppressHydrationWarning>
      {shortTime(at)}
    </time>
  );
}
