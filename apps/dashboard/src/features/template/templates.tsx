'use client';

import { api } from '@clawster/contract/api';
import type { Template } from '@clawster/contract/template';
import { useQuery } from '@tanstack/react-query';
import { LayoutTemplate, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { BuiltInMark } from '../../ui/built-in-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { SearchBar } from '../configuration/search-bar.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ImportButton } from './import-button.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { TemplateView } from './template-view.tsx';

/** What bots are made from: the gallery, or the one that is open; `edit:` before its id, it is changed. */
export function Templates() {
  const [opened, setOpened] = useOpened();
  if (opened === 'new') return <TemplateEditor templateId={undefined} onClose={() => setOpened(undefined)} />;
  const edited = opened?.startsWith('edit:') ? opened.slice('edit:'.length) : undefined;
  if (edited) return <TemplateEditor templateId={edited} onClose={() => setOpened(edited)} />;
  return opened ? <TemplateView templateId={opened} onClose={() => setOpened(undefined)} /> : <Gallery />;
}

function Gallery() {
  const [params, setParams] = useUrlState();
  const [, setOpened] = useOpened();
  const search = params.get('search') ?? '';
  const { data, error, refetch } = useQuery(q(api.templates.list, {}));
  const forbidden = useWhyForbidden('template:manage');
  const wanted = search.trim().toLowerCase();
  const shown = data?.items.filter(({ name, summary }) => `${name} ${summary}`.toLowerCase().includes(wanted));
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setOpened('new')}>
      New template
    </Button>
  );
  return (
    <>
      <SearchBar label="Search templates" value={search} onChange={(text) => setParams({ search: text || null })}>
        <ImportButton forbidden={forbidden} />
        {add}
      </SearchBar>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-label="Templates" aria-busy={!data}>
        {shown?.map((template) => (
          <TemplateCard key={template.id} template={template} onOpen={() => setOpened(template.id)} />
        ))}
        {data || error ? null : <Waiting />}
      </ul>
      {data && shown?.length === 0 ? <None any={data.items.length > 0} add={add} /> : null}
    </>
  );
}

function None({ any, add }: { any: boolean; add: ReactNode }) {
  if (any) return <Empty title="No template fits">Search for less.</Empty>;
  return (
    <Empty icon={<LayoutTemplate />} title="No templates yet" action={add}>
      A template is what bots are made from, with questions that are answered for each. Any bot can be saved as one,
      from its menu.
    </Empty>
  );
}

function TemplateCard({ template, onOpen }: { template: Template; onOpen: () => void }) {
  const { name, summary, builtIn, version, botCount, outdatedCount } = template;
  return (
    <li className="flex">
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full flex-col rounded-lg border border-line bg-surface p-4 text-left hover:bg-hover"
      >
        <span className="flex w-full flex-wrap items-center justify-between gap-2 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {builtIn ? <BuiltInMark /> : null}
        </span>
        <span className="mt-1 mb-3 flex-1 text-sm break-words text-muted">{summary}</span>
        <span className="text-xs text-muted">
          Version {version} · {count(botCount, 'bot')}
          {outdatedCount > 0 ? <span className="text-warn"> · {outdatedCount} can be upgraded</span> : null}
        </span>
      </button>
    </li>
  );
}

function Waiting() {
  return [1, 2, 3].map((key) => (
    <li key={key}>
      <Skeleton className="h-32 w-full" />
    </li>
  ));
}
