'use client';

import { api } from '@clawster/contract/api';
import type { DelegationState } from '@clawster/contract/delegation';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { delegationWords } from './delegation-look.ts';
import { DelegationRow } from './delegation-row.tsx';

const DelegationView = lazily(
  () => import('./delegation-view.tsx').then((module) => module.DelegationView),
  <Skeleton className="h-96 w-full" />,
);

/** What the bots of a team were asked to do: all of it, or the one that is open. */
export function Delegations({ teamId }: { teamId: string }) {
  const [opened, setOpened] = useOpened();
  return opened ? (
    <DelegationView key={opened} delegationId={opened} onOpen={setOpened} onClose={() => setOpened(undefined)} />
  ) : (
    <List teamId={teamId} />
  );
}

const states = Object.keys(delegationWords) as (DelegationState | 'open')[];
/** Cost and progress change without an event. */
const lookAgainMs = 10_000;

function List({ teamId }: { teamId: string }) {
  const [params, setParams] = useUrlState();
  const state = oneOf(states, params.get('state'));
  const asked = { teamId, ...(state ? { state } : {}) };
  const query = useInfiniteQuery({ ...qPages(api.delegations.list, asked), refetchInterval: lookAgainMs });
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const [current, setCurrent] = useState(-1);
  const scroller = useRef<HTMLUListElement>(null);
  useRowKeys({ count: rows?.length ?? 0, current, onMove: setCurrent, scrollTo: () => undefined, scroller });
  if (query.error && !rows) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <>
      <div className="mb-3 flex">
        <WordSelect
          label="How far they are"
          all="All delegations"
          words={delegationWords}
          value={state ?? ''}
          onChange={(value) => setParams({ state: value || null })}
        />
      </div>
      <Card flush>
        <ul ref={scroller} className="divide-y divide-line" aria-label="Delegations" aria-busy={!rows}>
          {rows?.map((one, at) => <DelegationRow key={one.id} delegation={one} index={at} />) ?? (
            <RowsWaiting rows={6} />
          )}
        </ul>
        {rows?.length === 0 ? (
          <Empty icon={<ArrowLeftRight />} title={state ? 'None is like that' : 'Nobody was asked for anything yet'}>
            {state
              ? 'Choose another state to see the rest.'
              : 'What one bot asks of another stands here, with each step, its result and what it cost. Ask the team for something, or set a goal.'}
          </Empty>
        ) : null}
      </Card>
      <ShowMore query={query} />
    </>
  );
}
