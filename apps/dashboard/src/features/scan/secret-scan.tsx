'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useIdentity, useWhyForbidden, whyForbidden } from '../session/use-identity.ts';
import { Findings } from './findings.tsx';
import { LastScan } from './last-scan.tsx';
import { ScanSchedule } from './scan-schedule.tsx';

/** While one goes on it is asked how far it is; that it began and ended, events tell. */
const pollMs = 1_000;

/** What the last scan looked through and what lies in plain sight, with what to do about it. */
export function SecretScan() {
  const identity = useIdentity();
  return identity && !whyForbidden(identity, 'secret:read') ? <Scanned /> : null;
}

function Scanned() {
  const scans = useQuery({
    ...q(api.scans.list, { limit: 1 }),
    refetchInterval: ({ state }) => (state.data?.items.some(({ endedAt }) => !endedAt) ? pollMs : false),
  });
  const findings = useQuery(q(api.findings.list, { limit: 100 }));
  const error = scans.error ?? findings.error;
  if (!scans.data || !findings.data)
    return error ? (
      <Trouble message={sentenceOf(error)} retry={() => void Promise.all([scans.refetch(), findings.refetch()])} />
    ) : (
      <Card title="Secrets in plain sight">
        <Skeleton className="h-24 w-full" />
      </Card>
    );
  const [last] = scans.data.items;
  const isGoing = last !== undefined && !last.endedAt;
  return (
    <Card title="Secrets in plain sight" actions={<ScanNow isGoing={isGoing} />}>
      <div className="space-y-4">
        <p className="max-w-prose text-sm text-muted">
          Bots, the database and this server are looked through for every secret that is kept here. What is found should
          not be where it is.
        </p>
        <Findings findings={findings.data.items} total={findings.data.total} isKnown={last?.phase === 'done'} />
        <LastScan scan={last} />
        <ScanSchedule />
      </div>
    </Card>
  );
}

function ScanNow({ isGoing }: { isGoing: boolean }) {
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('secret:manage');
  const start = useMutation({
    mutationFn: () => client.scans.start({}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['scans'] }),
    onError: tellTrouble,
  });
  return (
    <Button
      busy={start.isPending}
      whyNot={forbidden ?? (isGoing ? 'It goes on already' : undefined)}
      onClick={() => start.mutate()}
    >
      Scan now
    </Button>
  );
}
