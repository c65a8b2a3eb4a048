import { Lock } from 'lucide-react';

/** What the banner says: that no change is taken, why, and what to do. */
export function ReadOnlyWords({ reason }: { reason: string | undefined }) {
  return (
    <div
      role="region"
      aria-label="State of Clawster"
      className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn"
    >
      <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p role="status">
        <span className="font-semibold">Read-only. </span>
        {reason ?? 'The database takes no changes just now'}. What you see can be read meanwhile; changes are refused.
      </p>
    </div>
  );
}
