'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';

export function People() {
  const { data, error } = useQuery(q(api.people.list, { limit: 200 }));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  return (
    <Card flush>
      <ul className="divide-y divide-line">
        {data?.items.map((person) => (
          <li key={person.id} className="flex min-h-14 items-center gap-4 px-4 py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{person.name}</p>
              <p className="truncate text-sm text-muted">{person.email}</p>
            </div>
            <span className="text-sm">{person.role}</span>
            <span className="w-24 text-right text-sm text-muted">
              {person.lastSeenAt ? <Time at={person.lastSeenAt} /> : 'never seen'}
            </span>
          </li>
        )) ?? (
          <li className="flex h-14 items-center px-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
    </Card>
  );
}
