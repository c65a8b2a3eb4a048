'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { BotChannel } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { tell } from '../../lib/toast.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { useChannelChange } from './use-channel-change.ts';
import { whyNotGive } from './why-not-give.ts';

type GiveProps = { bot: Bot; has: BotChannel[]; onClose: () => void };

/** Gives a bot one of the channels there are. */
export function GiveChannelDialog({ bot, has, onClose }: GiveProps) {
  const channels = useQuery(q(api.channels.list, { limit: 200 })).data?.items;
  const [channelId, setChannelId] = useState<string>();
  const give = useChannelChange({
    change: () => client.channels.attach({ channelId: channelId ?? '', botId: bot.id }),
    onDone: ({ name }) => {
      tell(`${bot.name} has ${name} now.`);
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Give ${bot.name} a channel`} lead="Of each service a bot has one at most.">
      <MutationForm mutation={give}>
        {channels?.length === 0 ? <p className="text-muted">There are no channels yet. Add one first.</p> : null}
        <div role="radiogroup" aria-label="Channel" className="space-y-2">
          {channels?.map((channel) => {
            const whyNot = whyNotGive(channel, has);
            return (
              <Choice
                key={channel.id}
                name="channel"
                value={channel.id}
                checked={channel.id === channelId}
                onChoose={() => setChannelId(channel.id)}
                title={channel.name}
                aside={channelFacts[channel.kind].name}
                disabled={whyNot !== undefined}
              >
                {whyNot ?? channel.check?.account}
              </Choice>
            );
          }) ?? <Skeleton className="h-16 w-full" />}
        </div>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <ButtonLink href={paths.channels('new')}>Add a channel</ButtonLink>
          <DialogButtons
            onCancel={onClose}
            busy={give.isPending}
            whyNot={channelId ? undefined : 'Choose a channel first'}
          >
            Give it to the bot
          </DialogButtons>
        </div>
      </MutationForm>
    </Dialog>
  );
}
