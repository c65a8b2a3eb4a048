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
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
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
}

function leaveWhenSignedOut(error: Error): void {
  if (!(error instanceof ProblemError) || error.code !== 'not-signed-in') return;
  const { pathname, search } = window.location;
  if (pathname === paths.signIn() || pathname === paths.setup) return;
  window.location.assign(paths.signIn(pathname + search));
}
