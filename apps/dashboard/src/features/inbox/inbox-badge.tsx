import { useInboxCount } from './use-inbox-count.ts';

/** How many wait, beside the name of the room; nothing when none does. */
export function InboxBadge() {
  const waiting = useInboxCount();
  if (waiting === 0) return null;
  return (
    <span className="ml-auto rounded-full bg-accent px-1.5 text-xs leading-4.5 font-medium text-accent-text tabular-nums">
      {waiting > 99 ? '99+' : waiting}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
