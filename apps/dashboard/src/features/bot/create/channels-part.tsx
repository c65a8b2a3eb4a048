import { api } from '@clawster/contract/api';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../../lib/query.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { whyNotGive } from '../../channel/why-not-give.ts';
import { useWhyForbidden } from '../../session/use-identity.ts';
import type { Draft } from './draft.ts';

type ChannelsPartProps = { draft: Draft; change: (part: Partial<Draft>) => void };

/** By which channels people reach the bot from the start; nothing where there are none, for one can be added later. */
export function ChannelsPart({ draft: { channelIds }, change }: ChannelsPartProps) {
  const channels = useQuery(q(api.channels.list, { limit: 200 })).data?.items ?? [];
  const forbidden = useWhyForbidden('connector:manage');
  if (channels.length === 0) return null;
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
