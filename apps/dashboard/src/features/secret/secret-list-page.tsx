'use client';

import { api } from '@clawster/contract/api';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { SearchBar } from '../configuration/search-bar.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { SecretTable } from './secret-table.tsx';

const waiting = <Skeleton className="h-64 w-full" />;
const SecretView = lazily(() => import('./secret-view.tsx').then((module) => module.SecretView), waiting);
const SecretScan = lazily(() => import('../scan/secret-scan.tsx').then((module) => module.SecretScan));
const CreateSecretDialog = lazily(() =>
  import('./create-secret-dialog.tsx').then((module) => module.CreateSecretDialog),
);

/** What is kept for bots and never shown: all of it, or the one that is open. */
export function SecretListPage() {
  const [opened, setOpened] = useOpened();
  // An address may open one, which the server would send as well.
  const isHydrated = useHydrated();
  const one = opened && opened !== 'new' ? opened : undefined;
  return (
    <Page
      title="Secrets"
      lead="Tokens and keys that bots are given. They are kept encrypted, replaced bot by bot, and never shown."
    >
      {!isHydrated ? waiting : one ? <SecretView secretId={one} onClose={() => setOpened(undefined)} /> : <Secrets />}
    </Page>
  );
}

function Secrets() {
  const [opened, setOpened] = useOpened();
  const [params, setParams] = useUrlState();
  const search = params.get('search') ?? '';
  const [adding, setAdding] = useState(opened === 'new');
  const forbidden = useWhyForbidden('secret:manage');
  const wanted = useSettled(search.trim(), 200);
  const query = useInfiniteQuery({
    ...qPages(api.secrets.list, { limit: 100, ...(wanted ? { search: wanted } : {}) }),
    placeholderData: keepPreviousData,
  });
  const secrets = query.data?.pages.flatMap((page) => page.items);
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setAdding(true)}>
      Keep a secret
    </Button>
  );
  const close = () => {
    setAdding(false);
    if (opened === 'new') setOpened(undefined);
  };
  return (
    <>
      <SearchBar label="Search secrets" value={search} onChange={(text) => setParams({ search: text || null })}>
        {add}
      </SearchBar>
      {query.error && !secrets ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <Card flush>
          {secrets?.length === 0 ? (
            <None searched={search !== ''} add={add} />
          ) : (
            <SecretTable secrets={secrets} onOpen={setOpened} />
          )}
        </Card>
      )}
      <ShowMore query={query} />
      {secrets ? (
        <div className="mt-5">
          <SecretScan />
        </div>
      ) : null}
      {adding ? <CreateSecretDialog onClose={close} /> : null}
    </>
  );
}

function None({ searched, add }: { searched: boolean; add: React.ReactNode }) {
  if (searched) return <Empty title="No secret fits">Search for less.</Empty>;
  return (
    <Empty icon={<KeyRound />} title="No secrets yet" action={add}>
      A secret is a token or a key that bots are given, such as a Telegram bot’s. It is kept once, used where you say,
      and replaced without anybody copying it to a machine. Those of providers and channels appear here by themselves.
    </Empty>
  );
}
