'use client';

import { api } from '@clawster/contract/api';
import type { ContextEntry } from '@clawster/contract/context-entry';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { Time } from '../../ui/time.tsx';
import { lineDiff } from '../configuration/line-diff.ts';
import { TextDiff } from '../configuration/text-diff.tsx';
import { UntrustedMark } from '../delegation/delegation-row.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** All versions of an entry, each with what it changed of the one before, and the way back to it. */
export function EntryVersions({ entry }: { entry: ContextEntry }) {
  const { teamId, key, version: newest } = entry;
  const query = useInfiniteQuery(qPages(api.contextEntries.history, { teamId, key, limit: 20 }));
  const versions = query.data?.pages.flatMap(({ items }) => items);
  const forbidden = useWhyForbidden('team:direct');
  const restore = useChange<ContextEntry, number>({
    call: (version) => client.contextEntries.restore({ teamId, key, version }),
    nouns: ['contextEntries'],
    said: (_, version) => `Version ${version} is the newest again.`,
    tellsTrouble: true,
  });
  if (query.error && !versions) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <Card title="Versions" flush>
      <ul className="divide-y divide-line" aria-label="Versions" aria-busy={!versions}>
        {versions?.map((one, at) => (
          <li key={one.version} className="space-y-2 px-4 py-3" aria-label={`Version ${one.version}`}>
            <div className="flex flex-wrap items-center justify-between gap-2">
              <p className="flex flex-wrap items-center gap-x-3 text-sm">
                <span className="font-medium">Version {one.version}</span>
                <span className="text-muted">
                  {one.author.name}, <Time at={one.at} />
                  {one.isDeleted ? ', taken out' : ''}
                </span>
                {one.untrusted ? <UntrustedMark /> : null}
              </p>
              {one.version === newest || one.isDeleted ? null : (
                <Button
                  icon={<Undo2 />}
                  whyNot={forbidden}
                  busy={restore.isPending && restore.variables === one.version}
                  onClick={() => restore.mutate(one.version)}
                >
                  Restore<span className="sr-only"> version {one.version}</span>
                </Button>
              )}
            </div>
            {one.text === undefined ? null : (
              <details className="text-sm">
                <summary className="w-fit text-accent">What it changed</summary>
                <div className="mt-2">
                  <TextDiff lines={lineDiff(versions[at + 1]?.text ?? '', one.text)} />
                </div>
              </details>
            )}
          </li>
        )) ?? <RowsWaiting rows={2} />}
      </ul>
      <ShowMore query={query} className="border-t border-line py-2" />
    </Card>
  );
}
