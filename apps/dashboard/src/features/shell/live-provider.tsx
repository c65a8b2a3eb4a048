'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { keepLive, type LiveState } from '../../lib/live.ts';

const LiveContext = createContext<LiveState>('connecting');

/** One stream of events for the whole console. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => keepLive(queryClient, setState), [queryClient]);
  return <LiveContext.Provider value={state}>{children}</LiveContext.Provider>;
}

const words: Record<LiveState, { text: string; title: string; dot: string }> = {
  connecting: { text: 'Connecting', title: 'Connecting to the stream of events', dot: 'bg-off' },
  live: { text: 'Live', title: 'Changes appear as they happen', dot: 'bg-ok' },
  polling: {
    text: 'Not live',
    title: 'The stream of events is down: this page asks every 10 seconds and shows what was last known',
    dot: 'bg-warn',
  },
};

export function LiveBadge() {
  const { text, title, dot } = words[useContext(LiveContext)];
  return (
    <span role="status" title={title} className="inline-flex items-center gap-1.5 text-xs text-muted">
      <span aria-hidden className={`size-1.5 rounded-full ${dot}`} />
      {text}
    </span>
  );
}
