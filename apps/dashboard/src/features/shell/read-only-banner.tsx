'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { q } from '../../lib/query.ts';

const calmEveryMs = 30_000;
const heldEveryMs = 5_000;

/** Over every page while no change is taken: why, and what to do. No event tells of it, for those are written too. */
export function ReadOnlyBanner() {
  const { data } = useQuery({
    ...q(api.system.status, {}),
    refetchInterval: ({ state }) => (state.data?.mode === 'read-only' ? heldEveryMs : calmEveryMs),
  });
  if (data?.mode !== 'read-only') return null;
  return (
    <div
      role="region"
      aria-label="State of Clawster"
      className="flex items-start gap-2.5 border-b border-line bg-warn-soft px-4 py-2 text-sm text-warn"
    >
      <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
      <p role="status">
        <span className="font-semibold">Read-only. </span>
        {data.reason ?? 'The database takes no changes just now'}. What you see can be read meanwhile; changes are
        refused.
      </p>
    </div>
  );
}
