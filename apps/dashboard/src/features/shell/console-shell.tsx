'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Trouble } from '../../ui/page.tsx';
import { Commands } from '../palette/commands.tsx';
import { LiveProvider } from './live-provider.tsx';
import { StateBanner } from './state-banner.tsx';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

const MissingFactor = lazily(() => import('./missing-factor.tsx').then((module) => module.MissingFactor));

/** What stands round every page of someone who is signed in. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const { error, data, refetch } = useQuery(q(api.sessions.current, {}));
  const missing = data?.missingFactor;
  const [closed, setClosed] = useState(false);
  // The server answers nothing else then. It stays until the person goes on: the recovery codes are shown in it at the end.
  if (missing?.isOverdue && !closed) setClosed(true);
  return (
    <LiveProvider>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-accent focus:p-2 focus:text-accent-text"
      >
        Skip to the page
      </a>
      {/* What is for ears alone is placed outside of what scrolls: clipped, it does not make the page longer. */}
      <div className="relative flex h-dvh flex-col overflow-clip">
        <StateBanner />
        {missing && !closed ? <MissingFactor dueAt={missing.dueAt} /> : null}
        <div className="flex min-h-0 flex-1 flex-col md:flex-row">
          <Sidebar />
          <TopBar />
          <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 overflow-y-auto outline-none">
            {error && !data ? (
              <div className="p-4">
                <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
              </div>
            ) : null}
            {closed ? <MissingFactor /> : children}
          </main>
        </div>
      </div>
      <Commands />
    </LiveProvider>
  );
}
