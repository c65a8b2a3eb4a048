'use client';

import { api } from '@clawster/contract/api';
import type { ContextEntry } from '@clawster/contract/context-entry';
import type { TeamDetail } from '@clawster/contract/team';
import { useInfiniteQuery } from '@tanstack/react-query';
import { BookOpen, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkedRow } from '../../ui/linked-row.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Time } from '../../ui/time.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { UntrustedMark } from '../delegation/delegation-row.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayVisibility } from './say-visibility.ts';

const waiting = <Skeleton className="h-96 w-full" />;
const EntryView = lazily(() => import('./entry-view.tsx').then((module) => module.EntryView), waiting);
const EntryEditor = lazily(() => import('./entry-editor.tsx').then((module) => module.EntryEditor), waiting);

/** What all of a team know: all of it, the entry that is open, or a new one. */
export function Context({ team }: { team: TeamDetail }) {
  const [opened, setOpened] = useOpened();
  const close = () => setOpened(undefined);
  if (opened === newEntry) return <EntryEditor team={team} onClose={close} onSaved={setOpened} />;
  if (opened) return <EntryView key={opened} team={team} entryKey={opened} onClose={close} />;
  return <List team={team} onOpen={setOpened} />;
}

/** No key: those have no sign like this in them. */
const newEntry = '+';

function List({ team, onOpen }: { team: TeamDetail; onOpen: (key: string) => void }) {
  const [params, setParams] = useUrlState();
  const search = params.get('search') ?? '';
  const asked = useSettled(search.trim());
  const input = { teamId: team.id, ...(asked ? { search: asked } : {}) };
  const query = useInfiniteQuery(qPages(api.contextEntries.list, input));
  const forbidden = useWhyForbidden('team:direct');
  const add = (
    <Button icon={<Plus />} whyNot={forbidden} onClick={() => onOpen(newEntry)}>
      New entry
    </Button>
  );
  return (
    <>
      <div className="mb-3 flex flex-wrap justify-between gap-2">
        <SearchField
          label="Search what the team knows"
          placeholder="Search keys and texts"
          value={search}
          onChange={(text) => setParams({ search: text || null })}
        />
        {query.data?.pages[0]?.total === 0 ? null : add}
      </div>
      <PagedList label="Entries" query={query} rowsWaiting={5} empty={<None isNarrowed={asked !== ''}>{add}</None>}>
        {(entry, at) => <EntryRow key={entry.key} entry={entry} index={at} team={team} />}
      </PagedList>
    </>
  );
}

function None({ isNarrowed, children }: { isNarrowed: boolean; children: ReactNode }) {
  return (
    <Empty
      icon={<BookOpen />}
      title={isNarrowed ? 'Nothing of that kind' : 'The team knows nothing yet'}
      action={children}
    >
      {isNarrowed
        ? 'Search for other words.'
        : 'What all members are to know stands here, under keys such as customers/acme. Bots write it down while they work, and you do.'}
    </Empty>
  );
}

function EntryRow({ entry, index, team }: { entry: ContextEntry; index: number; team: TeamDetail }) {
  const { teamId, key, text, author, version, visibility, untrusted, at } = entry;
  return (
    <LinkedRow
      index={index}
      href={paths.team(teamId, 'context', key)}
      title={key}
      isCode
      marks={untrusted ? <UntrustedMark /> : null}
      about={<p className="truncate">{text ?? 'Your role does not include reading it.'}</p>}
    >
      <p className="text-right text-sm text-muted tabular-nums">
        <span className="block">
          {author.name}, <Time at={at} />
        </span>
        version {version} · {sayVisibility(visibility, team.members)}
      </p>
    </LinkedRow>
  );
}
