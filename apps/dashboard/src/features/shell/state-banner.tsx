'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';

const StateWords = lazily(() => import('./state-words.tsx').then((module) => module.StateWords));
const calmEveryMs = 30_000;
const heldEveryMs = 5_000;

/** Over every page while the server takes no change or acts no more. No event tells of it, for those are written too. */
export function StateBanner() {
  const { data } = useQuery({
    ...q(api.system.status, {}),
    refetchInterval: ({ state }) => (state.data?.mode === 'read-only' ? heldEveryMs : calmEveryMs),
  });
  return data && (data.mode === 'read-only' || data.overtaken) ? <StateWords status={data} /> : null;
}
