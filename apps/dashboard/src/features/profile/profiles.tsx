'use client';

import { api } from '@clawster/contract/api';
import type { Profile } from '@clawster/contract/profile';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Layers, Plus } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q, qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ReviewDialog } from '../configuration/review-dialog.tsx';
import { SearchBar } from '../configuration/search-bar.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ProfileEditor } from './profile-editor.tsx';
import { ProfileRow } from './profile-row.tsx';

/** Settings that many bots share: the list, or the one that is open. */
export function Profiles() {
  const [opened, setOpened] = useOpened();
  if (opened === 'new') return <ProfileEditor profile={undefined} onClose={() => setOpened(undefined)} />;
  return opened ? <OpenProfile profileId={opened} onClose={() => setOpened(undefined)} /> : <ProfileList />;
}

function OpenProfile({ profileId, onClose }: { profileId: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(q(api.profiles.get, { profileId }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return data ? (
    <ProfileEditor key={data.version} profile={data} onClose={onClose} />
  ) : (
    <Skeleton className="h-96 w-full" />
  );
}

function ProfileList() {
  const [params, setParams] = useUrlState();
  const search = params.get('search') ?? '';
  const asked = useSettled(search.trim(), 200);
  const query = useInfiniteQuery({
    ...qPages(api.profiles.list, { limit: 50, ...(asked ? { search: asked } : {}) }),
    placeholderData: keepPreviousData,
  });
  const profiles = query.data?.pages.flatMap((page) => page.items);
  const [, setOpened] = useOpened();
  const [deleted, setDeleted] = useState<Profile>();
  const forbidden = useWhyForbidden('profile:manage');
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setOpened('new')}>
      New profile
    </Button>
  );
  return (
    <>
      <SearchBar label="Search profiles" value={search} onChange={(text) => setParams({ search: text || null })}>
        {add}
      </SearchBar>
      {query.error && !profiles ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <ul className="divide-y divide-line" aria-label="Profiles" aria-busy={!profiles}>
            {profiles?.map((profile) => (
              <ProfileRow
                key={profile.id}
                profile={profile}
                forbidden={forbidden}
                onOpen={() => setOpened(profile.id)}
                onDelete={() => setDeleted(profile)}
              />
            )) ?? <RowsWaiting />}
          </ul>
          {profiles?.length === 0 ? <None searched={asked !== ''} add={add} /> : null}
        </Card>
      )}
      <ShowMore query={query} />
      {deleted ? <DeleteDialog profile={deleted} onClose={() => setDeleted(undefined)} /> : null}
    </>
  );
}

function None({ searched, add }: { searched: boolean; add: React.ReactNode }) {
  if (searched) return <Empty title="No profile fits">Search for less.</Empty>;
  return (
    <Empty icon={<Layers />} title="No profiles yet" action={add}>
      A profile says once what many bots share, such as a style or which tools they have. Bots have it by their labels
      or by name.
    </Empty>
  );
}

function DeleteDialog({ profile, onClose }: { profile: Profile; onClose: () => void }) {
  return (
    <ReviewDialog
      title={`Delete the profile ${profile.name}`}
      lead="Bots that have it by labels lose it at once. It stays in their revisions."
      proposed={{ kind: 'profile', profileId: profile.id }}
      verb="Delete the profile"
      danger
      withReason={false}
      save={async () => {
        await client.profiles.delete({ profileId: profile.id });
        return `The profile ${profile.name} was deleted.`;
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
