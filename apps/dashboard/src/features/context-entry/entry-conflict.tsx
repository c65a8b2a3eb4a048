'use client';

import { api } from '@clawster/contract/api';
import type { ContextEntry } from '@clawster/contract/context-entry';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { lineDiff } from '../configuration/line-diff.ts';
import { TextDiff } from '../configuration/text-diff.tsx';

type EntryConflictProps = {
  teamId: string;
  entryKey: string;
  mine: string;
  onKeepMine: (over: number) => void;
  onTakeTheirs: (theirs: ContextEntry) => void;
};

/** What somebody else wrote while this was being written, against it; which of the two goes on is chosen. */
export function EntryConflict({ teamId, entryKey: key, mine, onKeepMine, onTakeTheirs }: EntryConflictProps) {
  // As it is now: what was known before is what the conflict is about.
  const { data, error, isFetching, refetch } = useQuery({
    ...q(api.contextEntries.get, { teamId, key }),
    staleTime: 0,
    refetchOnMount: 'always',
  });
  if (error) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data || isFetching) return <Skeleton className="h-40 w-full" />;
  return (
    <section aria-label="Two versions" className="space-y-2 rounded-md border border-warn bg-warn-soft p-3">
      <p className="text-sm">
        {data.author.name} wrote version {data.version} meanwhile. Gone is what only theirs has, new what only yours
        has:
      </p>
      <TextDiff lines={lineDiff(data.text ?? '', mine)} />
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onTakeTheirs(data)}>Go on from theirs</Button>
        <Button onClick={() => onKeepMine(data.version)}>Keep mine, over theirs</Button>
      </div>
    </section>
  );
}
