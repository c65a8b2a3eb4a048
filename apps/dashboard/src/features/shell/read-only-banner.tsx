'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';

const Words = lazily(() => import('./read-only-words.tsx').then((module) => module.ReadOnlyWords));
const calmEveryMs = 30_000;
const heldEveryMs = 5_000;

/** Over every page while no change is taken: why, and what to do. No event tells of it, for those are written too. */
export function ReadOnlyBanner() {
  const { data } = useQuery({
    ...q(api.system.status, {}),
    refetchInterval: ({ state }) => (state.data?.mode === 'read-only' ? heldEveryMs : calmEveryMs),
  });
  return data?.mode === 'read-only' ? <Words reason={data.reason} /> : null;
}
