'use client';

import { api } from '@clawster/contract/api';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q, qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Card, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayRule } from './say-rule.ts';

/** Who changed the rules when and why, what they were then, and the way back. */
export function RuleVersions({ teamId, newest }: { teamId: string; newest: number }) {
  const query = useInfiniteQuery(qPages(api.teamRules.versions, { teamId, limit: 10 }));
  const versions = query.data?.pages.flatMap(({ items }) => items);
  if (query.error && !versions) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <Card title="Versions" flush>
      <ul className="divide-y divide-line" aria-label="Versions of the rules" aria-busy={!versions}>
        {versions?.map((one) => (
          <li key={one.version} className="px-4 py-3 text-sm">
            <p className="flex flex-wrap gap-x-3">
              <span className="font-medium">Version {one.version}</span>
              <span className="text-muted">
                {one.author}, <Time at={one.at} />, {count(one.count, 'rule')}
              </span>
              <span className="break-words">{one.note}</span>
            </p>
            {one.version === newest ? null : <Older teamId={teamId} version={one.version} newest={newest} />}
          </li>
        )) ?? <RowsWaiting rows={2} />}
      </ul>
      <ShowMore query={query} className="border-t border-line py-2" />
    </Card>
  );
}

function Older({ teamId, version, newest }: { teamId: string; version: number; newest: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="mt-1" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="w-fit text-accent">
        What they were<span className="sr-only"> in version {version}</span>
      </summary>
      {isOpen ? <OldRules teamId={teamId} version={version} newest={newest} /> : null}
    </details>
  );
}

function OldRules({ teamId, version, newest }: { teamId: string; version: number; newest: number }) {
  const { data, error, refetch } = useQuery(q(api.teamRules.get, { teamId, version }));
  const forbidden = useWhyForbidden('team:manage');
  const restore = useChange({
    call: () =>
      client.teamRules.set({
        teamId,
        baseVersion: newest,
        rules: data?.rules ?? [],
        note: `As they were in version ${version}`,
      }),
    nouns: ['teamRules', 'teams'],
    said: () => `The rules are as they were in version ${version}.`,
    tellsTrouble: true,
  });
  if (error) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-20 w-full" />;
  return (
    <div className="mt-2 space-y-2">
      <ol className="space-y-1 border-l-2 border-line pl-3">
        {data.rules.map((rule) => (
          <li key={rule.id} className="break-words">
            <span className="font-medium">{rule.name}</span>
            <span className="text-muted">: {sayRule(rule)}</span>
          </li>
        ))}
        {data.rules.length === 0 ? <li className="text-muted">There was none: everything was refused.</li> : null}
      </ol>
      <Button whyNot={forbidden} busy={restore.isPending} onClick={() => restore.mutate()}>
        Have these again
      </Button>
    </div>
  );
}
