'use client';

import { api } from '@clawster/contract/api';
import type { InboxItem, InboxKind } from '@clawster/contract/inbox';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { focusSoon } from '../../lib/use-row-keys.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Empty } from '../../ui/empty.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Card, Page, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import { InboxRow } from './inbox-row.tsx';
import { kindWords } from './inbox-looks.ts';

const waiting = <Skeleton className="h-96 w-full" />;
const ItemView = lazily(() => import('./item-view.tsx').then((module) => module.ItemView), waiting);

const tabs = ['open', 'over'] as const;
const names = { open: 'Waiting', over: 'Decided' };
type Tab = (typeof tabs)[number];

/** What waits for a person: one list, whatever it comes from. */
export function InboxPage() {
  const [params, setParams] = useUrlState();
  // An address may open one, which the server would send as well.
  const isHydrated = useHydrated();
  const tab = oneOf(tabs, params.get('state')) ?? 'open';
  return (
    <Page title="Inbox" lead="What bots may not do, or do not know, without you.">
      <Tabs
        label="Waiting or decided"
        tabs={tabs}
        names={names}
        value={tab}
        onChange={(next) => setParams({ state: next === 'open' ? null : next, open: null }, { push: true })}
      >
        {tabs.map((state) => (
          <TabPanel key={state} value={state}>
            {isHydrated ? <List state={state} /> : waiting}
          </TabPanel>
        ))}
      </Tabs>
    </Page>
  );
}

function List({ state }: { state: Tab }) {
  const [params, setParams] = useUrlState();
  const kind = oneOf(kinds, params.get('kind'));
  const isMine = params.get('mine') === '1';
  const asked = { state, ...(kind ? { kind } : {}), ...(isMine ? { mine: true } : {}) };
  const query = useInfiniteQuery(qPages(api.inbox.list, asked));
  const items = query.data?.pages.flatMap((page) => page.items);
  if (query.error && !items) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <div className="space-y-3">
      <Filters kind={kind} isMine={isMine} onChange={setParams} />
      <ListAndItem label={names[state]} items={items}>
        {items?.length === 0 ? <None state={state} isNarrowed={kind !== undefined || isMine} /> : null}
        <ShowMore query={query} className="border-t border-line py-2" />
      </ListAndItem>
    </div>
  );
}

type ListAndItemProps = { label: string; items: InboxItem[] | undefined; children: ReactNode };

/** What there is, and beside it the one that is open. */
function ListAndItem({ label, items, children }: ListAndItemProps) {
  const [params, setParams] = useUrlState();
  const opened = params.get('open') ?? undefined;
  const list = useRef<HTMLUListElement>(null);
  const open = (id: string | undefined, isFocused = false) => {
    setParams({ open: id ?? null });
    if (id && isFocused) focusSoon(() => list.current?.querySelector<HTMLElement>(`[data-item="${id}"]`));
  };
  const known = items ?? [];
  useMoveKeys(known, opened, (id) => open(id, true));
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Card flush>
        <ul ref={list} className="divide-y divide-line" aria-label={label} aria-busy={!items}>
          {items?.map((item) => (
            <InboxRow key={item.id} item={item} isOpen={item.id === opened} onOpen={() => open(item.id)} />
          )) ?? <RowsWaiting rows={4} />}
        </ul>
        {children}
      </Card>
      {opened ? (
        <ItemView key={opened} itemId={opened} onDecided={() => open(nextOf(known, opened), true)} />
      ) : known.length > 0 ? (
        <p className="hidden pt-16 text-center text-sm text-muted lg:block">
          Choose one to see exactly what is decided about. <Kbd>j</Kbd> and <Kbd>k</Kbd> move.
        </p>
      ) : null}
    </div>
  );
}

const kinds = Object.keys(kindWords) as InboxKind[];

/** j and k open the next one and the one before. */
function useMoveKeys(items: InboxItem[], opened: string | undefined, open: (id: string) => void): void {
  const move = (step: number) => {
    const at = items.findIndex(({ id }) => id === opened);
    const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
    if (next) open(next.id);
  };
  useHotkey('j', () => move(1));
  useHotkey('k', () => move(-1));
}

/** What is looked at once this one is decided. */
function nextOf(items: InboxItem[], id: string): string | undefined {
  const at = items.findIndex((item) => item.id === id);
  return (items[at + 1] ?? items[at - 1])?.id;
}

type FiltersProps = {
  kind: string | undefined;
  isMine: boolean;
  onChange: (change: Record<string, string | null>) => void;
};

function Filters({ kind, isMine, onChange }: FiltersProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <WordSelect
        label="What it is"
        all="Everything"
        words={kindWords}
        value={kind ?? ''}
        onChange={(value) => onChange({ kind: value || null, open: null })}
      />
      <WordSelect
        label="For whom"
        all="For anybody"
        words={{ mine: 'Given to me' }}
        value={isMine ? 'mine' : ''}
        onChange={(value) => onChange({ mine: value ? '1' : null, open: null })}
      />
    </div>
  );
}

function None({ state, isNarrowed }: { state: Tab; isNarrowed: boolean }) {
  if (isNarrowed)
    return (
      <Empty icon={<Inbox />} title="None of that kind">
        Look at everything instead.
      </Empty>
    );
  return state === 'open' ? (
    <Empty icon={<Inbox />} title="Nothing waits for you">
      What a rule holds, a plan that is proposed, and what bots ask come here. Under Settings, Notifiers you say who is
      told by Slack, mail or a webhook.
    </Empty>
  ) : (
    <Empty icon={<Inbox />} title="Nothing was decided yet">
      What somebody decided, when and why stays here.
    </Empty>
  );
}
