'use client';

import { api } from '@clawster/contract/api';
import type { DelegationState } from '@clawster/contract/delegation';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
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
      <PagedList label="Delegations" query={query} rowsWaiting={6} empty={<None isNarrowed={state !== undefined} />}>
        {(one, at) => <DelegationRow key={one.id} delegation={one} index={at} />}
      </PagedList>
    </>
  );
}

function None({ isNarrowed }: { isNarrowed: boolean }) {
  return (
    <Empty icon={<ArrowLeftRight />} title={isNarrowed ? 'None is like that' : 'Nobody was asked for anything yet'}>
      {isNarrowed
        ? 'Choose another state to see the rest.'
        : 'What one bot asks of another stands here, with each step, its result and what it cost. Ask the team for something, or set a goal.'}
    </Empty>
  );
}
