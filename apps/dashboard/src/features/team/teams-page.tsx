'use client';

import { api } from '@clawster/contract/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus, UsersRound } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { SearchField } from '../../ui/search-field.tsx';
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
  const hasNone = search === '' && query.data?.pages[0]?.total === 0;
  return (
    <>
      {/* Where there is nothing to search its place is kept, so that nothing moves. */}
      <div className={`mb-3 flex ${hasNone ? 'invisible' : ''}`}>
        <SearchField
          label="Search teams"
          placeholder="Search teams"
          value={search}
          onChange={(text) => setParams({ search: text || null })}
        />
      </div>
      <PagedList label="Teams" query={query} empty={<None search={search} />}>
        {(team, at) => <TeamRow key={team.id} team={team} index={at} />}
      </PagedList>
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
