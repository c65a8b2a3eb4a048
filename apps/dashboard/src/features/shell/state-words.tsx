import type { SystemStatus } from '@clawster/contract/system';
import { CopyX, Lock } from 'lucide-react';
import type { ReactNode } from 'react';

/** What the banner says: what this server does no more, why, and what to do. */
export function StateWords({ status: { mode, reason, overtaken } }: { status: SystemStatus }) {
  return (
    <div
      role="region"
      aria-label="State of Clawster"
      className="space-y-1 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn"
    >
      {overtaken ? (
        <Line icon={<CopyX />} title="Overtaken.">
          {overtaken}.
        </Line>
      ) : null}
      {mode === 'read-only' ? (
        <Line icon={<Lock />} title="Read-only.">
          {reason ?? 'The database takes no changes just now'}. What you see can be read meanwhile; changes are refused.
        </Line>
      ) : null}
    </div>
  );
}

function Line({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2.5 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <p role="status">
        <span className="font-semibold">{title} </span>
        {children}
      </p>
    </div>
  );
}
