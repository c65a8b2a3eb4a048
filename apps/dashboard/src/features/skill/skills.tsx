'use client';

import { api } from '@clawster/contract/api';
import { pinOf } from '@clawster/domain/skill/pin';
import { useQuery } from '@tanstack/react-query';
import { BookOpen, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { SearchBar } from '../configuration/search-bar.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { entriesOf, searched } from './catalogue.ts';
import { SkillEditor } from './skill-editor.tsx';
import { SkillRow } from './skill-row.tsx';
import { SkillView } from './skill-view.tsx';

/** What bots can be taught: the catalogue, or the version that is open; `new:` before one, a version after it is written. */
export function Skills() {
  const [opened, setOpened] = useOpened();
  if (opened === 'new') return <SkillEditor pin={undefined} onClose={() => setOpened(undefined)} />;
  const continued = opened?.startsWith('new:') ? opened.slice('new:'.length) : undefined;
  if (continued) return <SkillEditor pin={continued} onClose={() => setOpened(continued)} />;
  return opened ? <SkillView pin={opened} onClose={() => setOpened(undefined)} /> : <Catalogue />;
}

/** As many as the other lists of this page show at once; the server sends the whole catalogue. */
const shownAtOnce = 50;

function Catalogue() {
  const [params, setParams] = useUrlState();
  const [, setOpened] = useOpened();
  const search = params.get('search') ?? '';
  const [shownMax, setShownMax] = useState(shownAtOnce);
  const { data, error, refetch } = useQuery(q(api.skills.list, {}));
  const forbidden = useWhyForbidden('skill:manage');
  const fitting = data && searched(entriesOf(data.items), search);
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setOpened('new')}>
      Add a skill
    </Button>
  );
  return (
    <>
      <SearchBar label="Search skills" value={search} onChange={(text) => setParams({ search: text || null })}>
        {add}
      </SearchBar>
      {error && !data ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Card flush>
          <ul className="divide-y divide-line" aria-label="Skills" aria-busy={!data}>
            {fitting
              ?.slice(0, shownMax)
              .map((entry) => (
                <SkillRow key={entry.name} entry={entry} onOpen={() => setOpened(pinOf(entry.newest))} />
              )) ?? <RowsWaiting />}
          </ul>
          {fitting?.length === 0 ? <None any={data !== undefined && data.items.length > 0} add={add} /> : null}
        </Card>
      )}
      {fitting && fitting.length > shownMax ? (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => setShownMax(shownMax + shownAtOnce)}>Show more</Button>
        </div>
      ) : null}
    </>
  );
}

function None({ any, add }: { any: boolean; add: ReactNode }) {
  if (any) return <Empty title="No skill fits">Search for less.</Empty>;
  return (
    <Empty icon={<BookOpen />} title="No skills yet" action={add}>
      A skill tells bots how something is done, in a few texts. It is scanned as it is added, and given to bots in their
      layers.
    </Empty>
  );
}
