'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { paths } from './paths.ts';

export function QueryProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}

function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({
      onError: (error) => {
        leaveWhenSignedOut(error);
        // It may be that no change is taken at all now: then every page says so.
        if (error instanceof ProblemError && error.code === 'unavailable')
          void queryClient.invalidateQueries({ queryKey: ['system'] });
      },
    }),
    defaultOptions: {
      // The live stream says when something changed; what was fetched stays fresh until then.
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && !(error instanceof ProblemError),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
  return queryClient;
}

function leaveWhenSignedOut(error: Error): void {
  if (!(error instanceof ProblemError) || error.code !== 'not-signed-in') return;
  const { pathname, search } = window.location;
  if (pathname === paths.signIn() || pathname === paths.setup) return;
  window.location.assign(paths.signIn(pathname + search));
}
