'use client';

import { api } from '@clawster/contract/api';
import type { KeyOverview } from '@clawster/contract/key';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { KeyJobs } from './key-jobs.tsx';
import { KeyList } from './key-list.tsx';

/** While a job goes on it is asked how far it is; that it began and ended, events tell. */
const pollMs = 1_000;

/** The keys that protect the secrets, what is under each, and the ways to change them; owners see and decide. */
export function SecretKeys() {
  const identity = useIdentity();
  const isOwner = identity !== undefined && whyForbidden(identity, 'workspace:manage') === undefined;
  const { data, error, refetch } = useQuery({
    ...q(api.keys.list, {}),
    enabled: isOwner,
    refetchInterval: ({ state }) => (state.data?.jobs.some(({ endedAt }) => !endedAt) ? pollMs : false),
  });
  if (!isOwner) return null;
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <Card title="Keys of the secrets">
      <p className="mb-3 max-w-prose text-sm text-muted">
        Each secret is encrypted under a data key of the workspace, and each data key is wrapped by a key that is kept
        outside of the database. The server’s settings name it, and former ones for as long as something is under them.
      </p>
      {data ? <Overview overview={data} /> : <Skeleton className="h-40 w-full" />}
    </Card>
  );
}

function Overview({ overview }: { overview: KeyOverview }) {
  return (
    <div className="space-y-4">
      <KeyList keys={overview.items} />
      <KeyJobs overview={overview} />
      {overview.retired.keys > 0 ? <p className="text-sm text-muted">{retiredSentence(overview.retired)}</p> : null}
    </div>
  );
}

function retiredSentence({ keys, secrets, backups, answers }: KeyOverview['retired']): string {
  const under = [
    count(secrets, 'secret'),
    count(backups, 'backup'),
    count(answers, 'kept answer of the API', 'kept answers of the API'),
  ];
  return `${count(keys, 'retired data key')} of this workspace: ${under.join(', ')} still need ${keys === 1 ? 'it' : 'them'}. A retired key is deleted as soon as nothing does; the answers are gone within a day.`;
}
