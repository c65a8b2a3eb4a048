'use client';

import { api } from '@clawster/contract/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, UsersRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useRowKeys } from '../../lib/use-row-keys.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { TeamRow } from './team-row.tsx';

/** Teams by name: who leads, how many there are, what is open and what waits for somebody. */
export function TeamsPage() {
  const forbidden = useWhyForbidden('team:manage');
  const add = forbidden ? (
    <Button look="primary" icon={<Plus />} whyNot={forbidden}>
      New team
    </Button>
  ) : (
    <ButtonLink look="primary" icon={<Plus />} href={paths.newTeam()}>
      New team
    </ButtonLink>
  );
  return (
    <Page title="Teams" lead="Bots that work together, by rules, in the open." actions={add}>
      <Teams />
    </Page>
  );
}

function Teams() {
  const [params, setParams] = useUrlState();
  const search = params.get('search') ?? '';
  const asked = useSettled(search.trim());
  const query = useInfiniteQuery(qPages(api.teams.list, asked ? { search: asked } : {}));
  const [current, setCurrent] = useState(-1);
  const scroller = useRef<HTMLUListElement>(null);
  const teams = query.data?.pages.flatMap(({ items }) => items);
  const hasAny = teams === undefined || teams.length > 0 || search !== '';
  useRowKeys({ count: teams?.length ?? 0, current, onMove: setCurrent, scrollTo: () => undefined, scroller });
  if (query.error && !teams) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <>
      {hasAny ? (
        <div className="mb-3 flex">
          <SearchField
            label="Search teams"
            placeholder="Search teams"
            value={search}
            onChange={(text) => setParams({ search: text || null })}
          />
        </div>
      ) : null}
      <Card flush>
        <ul ref={scroller} className="divide-y divide-line" aria-label="Teams" aria-busy={!teams}>
          {teams?.map((team, at) => <TeamRow key={team.id} team={team} index={at} />) ?? <RowsWaiting rows={3} />}
        </ul>
        {teams?.length === 0 ? <None search={search} /> : null}
      </Card>
      <ShowMore query={query} />
    </>
  );
}

function None({ search }: { search: string }) {
  if (search)
    return (
      <Empty icon={<UsersRound />} title={`No team is called “${search}”`}>
        Search for another name, or make a team of it.
      </Empty>
    );
  return (
    <Empty
      icon={<UsersRound />}
      title="No teams yet"
      action={
        <ButtonLink look="primary" href={paths.newTeam('template')}>
          Begin with a one-person company
        </ButtonLink>
      }
    >
      A team has a lead who plans, members who can do something, and rules that say who may ask whom for what. You set
      goals and decide what matters.
    </Empty>
  );
}
