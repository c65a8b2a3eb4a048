'use client';

import { api } from '@clawster/contract/api';
import type { Channel } from '@clawster/contract/channel';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { Attachments } from './attachments.tsx';
import { ChannelAccount } from './channel-account.tsx';
import { ChannelRules } from './channel-rules.tsx';
import { useChannelChange } from './use-channel-change.ts';

/** One channel: its account, who has it, and who may write. */
export function ChannelView({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const remove = useChannelChange({
    change: async ({ id, name }: Channel) => {
      await client.channels.delete({ channelId: id });
      return name;
    },
    onDone: (name) => {
      tell(`${name} was deleted.`);
      onClose();
    },
  });
  // That it is gone is told by the stream, too, maybe before the answer: it is not asked for again while its view closes.
  const isThere = remove.isIdle || remove.isError;
  const { data: channel, error, refetch } = useQuery({ ...q(api.channels.get, { channelId }), enabled: isThere });
  if (error && !channel) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!channel) return <Skeleton className="h-96 w-full" />;
  return (
    <div className="space-y-5">
      <OpenedHead title={channel.name} onClose={onClose}>
        <Actions channel={channel} remove={{ ...remove, mutate: () => remove.mutate(channel) }} />
      </OpenedHead>
      <ChannelAccount channel={channel} />
      <Attachments channel={channel} />
      <ChannelRules key={channel.updatedAt} channel={channel} />
    </div>
  );
}

type ActionsProps = { channel: Channel; remove: Parameters<typeof DeleteDialog>[0]['remove'] };

function Actions({ channel, remove }: ActionsProps) {
  const { id: channelId, name, kind } = channel;
  const [deleting, setDeleting] = useState(false);
  const forbidden = useWhyForbidden('connector:manage');
  const check = useChannelChange({
    change: () => client.channels.check({ channelId }),
    onDone: () => undefined,
  });
  return (
    <div className="flex flex-wrap gap-2">
      {kind === 'whatsapp' ? null : (
        <Button
          icon={<RefreshCw />}
          busy={check.isPending}
          whyNot={forbidden}
          onClick={() => check.mutate(undefined, { onError: tellTrouble })}
        >
          Check now
        </Button>
      )}
      <Button
        look="danger"
        icon={<Trash2 />}
        whyNot={forbidden ?? whyNotDelete(channel)}
        onClick={() => setDeleting(true)}
      >
        Delete…
      </Button>
      {deleting ? (
        <DeleteDialog
          title={`Delete ${name}?`}
          lead="No bot has it. Its secrets are deleted with it, unless something else uses them."
          verb="Delete"
          remove={remove}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </div>
  );
}

function whyNotDelete({ attachments }: Channel): string | undefined {
  return attachments.length > 0 ? 'It is attached: take it away from its bots first' : undefined;
}
