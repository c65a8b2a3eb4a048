'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { MessagesSquare, Plus } from 'lucide-react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, RowsWaiting, Skeleton, Trouble } from '../../ui/page.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ChannelRow } from './channel-row.tsx';
import { ConnectorParts } from './connector-parts.tsx';

const waiting = <Skeleton className="h-64 w-full" />;
const ChannelView = lazily(() => import('./channel-view.tsx').then((module) => module.ChannelView), waiting);
const AddChannelDialog = lazily(() => import('./add-channel-dialog.tsx').then((module) => module.AddChannelDialog));

/** The accounts at messaging services by which bots are reached: all of them, or the one that is open. */
export function ChannelListPage() {
  const [opened, setOpened] = useOpened();
  // An address may open one, which the server would send as well.
  const isHydrated = useHydrated();
  const one = opened && opened !== 'new' ? opened : undefined;
  return (
    <Page title="Connectors" lead="Accounts at messaging services, by which people reach your bots.">
      <ConnectorParts here={paths.channels()} />
      {!isHydrated ? (
        waiting
      ) : one ? (
        <ChannelView channelId={one} onClose={() => setOpened(undefined)} />
      ) : (
        <Channels />
      )}
    </Page>
  );
}

function Channels() {
  const [opened, setOpened] = useOpened();
  const { data, error, refetch } = useQuery(q(api.channels.list, { limit: 200 }));
  const forbidden = useWhyForbidden('connector:manage');
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setOpened('new')}>
      Add a channel
    </Button>
  );
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <>
      {data?.items.length === 0 ? null : <div className="mb-3 flex min-h-8 justify-end">{data ? add : null}</div>}
      <Card flush>
        <ul className="divide-y divide-line" aria-label="Channels" aria-busy={!data}>
          {data?.items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} onOpen={() => setOpened(channel.id)} />
          )) ?? <RowsWaiting rows={2} />}
        </ul>
        {data?.items.length === 0 ? (
          <Empty icon={<MessagesSquare />} title="No channels yet" action={add}>
            By a channel people talk to a bot where they are already: in Telegram, Slack, Discord or WhatsApp.
          </Empty>
        ) : null}
      </Card>
      {opened === 'new' ? (
        <AddChannelDialog onClose={() => setOpened(undefined)} onAdded={(channel) => setOpened(channel.id)} />
      ) : null}
    </>
  );
}
