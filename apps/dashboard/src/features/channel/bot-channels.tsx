'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { BotChannel } from '@clawster/contract/channel';
import { useQuery } from '@tanstack/react-query';
import { Eye, MessagesSquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { BotChannelRow } from './bot-channel-row.tsx';
import { Pairings } from './pairings.tsx';
import { useChannelChange } from './use-channel-change.ts';

const GiveChannelDialog = lazily(() => import('./give-channel-dialog.tsx').then((module) => module.GiveChannelDialog));

/** What a bot's supervisor sees of its channels is no event. */
const lookAgainMs = 10_000;

/** By which channels people reach the bot, how each is, and who waits to be let in. */
export function BotChannels({ bot }: { bot: Bot }) {
  const { data, error, refetch } = useQuery({
    ...q(api.channels.ofBot, { botId: bot.id }),
    refetchInterval: lookAgainMs,
  });
  const [adding, setAdding] = useState(false);
  const forbidden = whyForbidden(useIdentity(), 'connector:manage', bot);
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setAdding(true)}>
      Give it a channel…
    </Button>
  );
  const channels = data?.items;
  return (
    <div className="mx-auto max-w-4xl space-y-5 p-4 sm:p-6">
      {error && !channels ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <Card title="Channels" actions={<HeadButtons bot={bot} add={add} channels={channels} />} flush>
        {channels ? <Rows bot={bot} channels={channels} /> : <Skeleton className="m-4 h-40" />}
      </Card>
      {channels?.length ? <Pairings bot={bot} /> : null}
      {adding ? <GiveChannelDialog bot={bot} has={channels ?? []} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

function Rows({ bot, channels }: { bot: Bot; channels: BotChannel[] }) {
  if (channels.length === 0)
    return (
      <Empty icon={<MessagesSquare />} title="No channels">
        People reach it by this dashboard alone. Give it a channel, and they talk to it in Telegram, Slack, Discord or
        WhatsApp.
      </Empty>
    );
  return (
    <ul className="divide-y divide-line" aria-label="Channels of the bot">
      {channels.map((channel) => (
        <BotChannelRow key={channel.channelId} bot={bot} channel={channel} />
      ))}
    </ul>
  );
}

type HeadButtonsProps = { bot: Bot; add: React.ReactNode; channels: BotChannel[] | undefined };

/** There from the first moment, so that nothing below moves when the channels come. */
function HeadButtons({ bot, add, channels }: HeadButtonsProps) {
  const forbidden = whyForbidden(useIdentity(), 'bot:operate', bot);
  const look = useChannelChange({
    change: () => client.channels.probe({ botId: bot.id }),
    onDone: () => tell('The bot looked at its channels.'),
  });
  const isOff = bot.spec.desired === 'running' ? undefined : 'Start the bot first';
  const hasNone = channels?.length === 0 ? 'Give it a channel first' : undefined;
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        icon={<Eye />}
        busy={look.isPending}
        whyNot={forbidden ?? hasNone ?? isOff}
        onClick={() => look.mutate(undefined, { onError: tellTrouble })}
      >
        Look now
      </Button>
      {add}
    </div>
  );
}
