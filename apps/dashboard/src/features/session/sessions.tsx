'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { deviceName } from './device-name.ts';

/** Where the person is signed in; any of these can be closed at once. */
export function Sessions() {
  const { data, error } = useQuery(q(api.sessions.list, {}));
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: (sessionId: string) => client.sessions.revoke({ sessionId }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['sessions', 'list'] });
      tell('The session was closed.');
    },
    onError: tellTrouble,
  });
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {data?.items.map((session) => (
          <li key={session.id} className="flex min-h-16 flex-wrap items-center gap-4 px-4 py-2.5">
            <div className="min-w-0 flex-1">
              <p className="font-medium" title={session.userAgent}>
                {deviceName(session.userAgent)}
                {session.current ? (
                  <span className="ml-2 rounded-full bg-accent-soft px-2 py-px text-xs text-accent">this one</span>
                ) : null}
              </p>
              <p className="text-sm text-muted">
                {session.address} · signed in <Time at={session.createdAt} /> · last seen{' '}
                <Time at={session.lastSeenAt} />
              </p>
            </div>
            {session.current ? null : (
              <Button
                busy={revoke.isPending && revoke.variables === session.id}
                onClick={() => revoke.mutate(session.id)}
              >
                Close
              </Button>
            )}
          </li>
        )) ?? (
          <li className="flex h-16 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
    </Card>
  );
}
