'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { Revision } from '@clawster/contract/revision';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useState } from 'react';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { LabelDialog } from './label-dialog.tsx';
import { type Asked, RevisionRow } from './revision-row.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';

const pageSize = 30;

/** What a bot was to be, newest first: to compare any two, to go back to one, to name one. */
export function Revisions({ bot }: { bot: Bot }) {
  const query = useInfiniteQuery(qPages(api.revisions.list, { botId: bot.id, limit: pageSize }));
  const revisions = query.data?.pages.flatMap((page) => page.items);
  const [compared, setCompared] = useCompared();
  return (
    <div className="mx-auto max-w-6xl space-y-3 p-4 sm:p-6">
      {query.error && !revisions ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <RevisionList bot={bot} revisions={revisions} onCompare={setCompared} />
      )}
      {query.hasNextPage ? (
        <div className="flex justify-center">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show older
          </Button>
        </div>
      ) : null}
      {compared ? <CompareDialog bot={bot} {...compared} onClose={() => setCompared(undefined)} /> : null}
    </div>
  );
}

type RevisionListProps = { bot: Bot; revisions: Revision[] | undefined; onCompare: (compared: Compared) => void };

function RevisionList({ bot, revisions, onCompare }: RevisionListProps) {
  const [chosen, setChosen] = useState<number[]>([]);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <Card title="Revisions" flush actions={<CompareButton chosen={chosen} onCompare={onCompare} />}>
      <ol className="divide-y divide-line" aria-label="Revisions" aria-busy={!revisions}>
        {revisions?.map((revision, at) => (
          <RevisionRow
            key={revision.number}
            bot={bot}
            revision={revision}
            chosen={chosen.includes(revision.number)}
            onChoose={(on) => setChosen(toggled(chosen, revision.number, on))}
            before={revisions[at + 1]?.number}
            onCompare={onCompare}
            onAsk={setAsked}
          />
        )) ?? <Waiting />}
      </ol>
      {revisions?.length === 0 ? (
        <Empty icon={<History />} title="No revisions yet">
          What the bot is now is kept as the first one when it is changed.
        </Empty>
      ) : null}
      {asked?.what === 'label' ? <LabelDialog bot={bot} revision={asked.revision} onClose={close} /> : null}
      {asked?.what === 'roll-back' ? <RollBackDialog bot={bot} revision={asked.revision} onClose={close} /> : null}
    </Card>
  );
}

export type Compared = { since: number; number: number };

/** Which two are compared; in the address, so that it can be sent to a colleague. */
function useCompared(): [Compared | undefined, (compared: Compared | undefined) => void] {
  const [params, setParams] = useUrlState();
  const [, since, number] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(params.get('compare') ?? '') ?? [];
  const compared = since && number ? { since: Number(since), number: Number(number) } : undefined;
  return [compared, (next) => setParams({ compare: next ? `${next.since}..${next.number}` : null })];
}

function CompareButton({ chosen, onCompare }: { chosen: number[]; onCompare: (compared: Compared) => void }) {
  const [since, number] = chosen.toSorted((one, other) => one - other);
  const both = since !== undefined && number !== undefined;
  return (
    <Button
      whyNot={both ? undefined : 'Choose two revisions to compare'}
      onClick={() => (both ? onCompare({ since, number }) : undefined)}
    >
      {both ? `Compare ${since} and ${number}` : 'Compare two'}
    </Button>
  );
}

/** Two at most: of three, the one that was chosen first is let go. */
function toggled(chosen: number[], number: Revision['number'], on: boolean): number[] {
  return on ? [...chosen, number].slice(-2) : chosen.filter((other) => other !== number);
}

function Waiting() {
  return [1, 2, 3].map((key) => (
    <li key={key} className="flex h-16 items-center px-4">
      <Skeleton className="h-4 w-1/2" />
    </li>
  ));
}
