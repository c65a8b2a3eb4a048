import { api } from '@clawster/contract/api';
import type { Channel } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { q } from '../../../lib/query.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { whyNotGive } from '../../channel/why-not-give.ts';
import { useWhyForbidden } from '../../session/use-identity.ts';
import type { Draft } from './draft.ts';

type ChannelsPartProps = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** What stands beneath: it comes with the channels, and never moves. */
  children: ReactNode;
};

/** By which channels people reach the bot from the start; nothing where there are none, for one can be added later. */
export function ChannelsPart({ draft, change, children }: ChannelsPartProps) {
  const { data, isPending } = useQuery(q(api.channels.list, { limit: 200 }));
  if (isPending) return null;
  return (
    <>
      {data?.items.length ? <Channels channels={data.items} draft={draft} change={change} /> : null}
      {children}
    </>
  );
}

type ChannelsProps = Omit<ChannelsPartProps, 'children'> & { channels: Channel[] };

function Channels({ channels, draft: { channelIds }, change }: ChannelsProps) {
  const forbidden = useWhyForbidden('connector:manage');
  const chosen = channels
    .filter(({ id }) => channelIds.includes(id))
    .map(({ id, ...one }) => ({ ...one, channelId: id }));
  return (
    <fieldset className="mt-6">
      <legend className="text-sm font-medium">Channels (optional)</legend>
      <p className="mb-2 text-xs text-muted">Where people reach it beside this dashboard. You can give it one later.</p>
      <div className="space-y-1.5">
        {channels.map((channel) => {
          const { id, name, kind } = channel;
          const isChosen = channelIds.includes(id);
          const whyNot = isChosen ? undefined : whyNotGive(channel, chosen);
          return (
            <Checkbox
              key={id}
              checked={isChosen}
              whyNot={forbidden ?? whyNot}
              onChange={(on) =>
                change({ channelIds: on ? [...channelIds, id] : channelIds.filter((other) => other !== id) })
              }
            >
              {name} <span className="text-muted">{channelFacts[kind].name}</span>
              {/* Read out by the box itself. */}
              {whyNot ? (
                <span aria-hidden className="block text-xs">
                  {whyNot}
                </span>
              ) : null}
            </Checkbox>
          );
        })}
      </div>
    </fieldset>
  );
}
