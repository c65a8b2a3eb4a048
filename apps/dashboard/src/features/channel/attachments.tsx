import type { Channel, ChannelAttachment } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card } from '../../ui/page.tsx';
import { labelsText } from '../configuration/layer-fields.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayRules } from './say-rules.ts';
import { useChannelChange } from './use-channel-change.ts';

const AttachDialog = lazily(() => import('./attach-dialog.tsx').then((module) => module.AttachDialog));
const OverridesDialog = lazily(() => import('./overrides-dialog.tsx').then((module) => module.OverridesDialog));

/** Which bots answer by a channel, and how they differ from it. */
export function Attachments({ channel }: { channel: Channel }) {
  const [adding, setAdding] = useState(false);
  const forbidden = useWhyForbidden('connector:manage');
  const { onlyOne } = channelFacts[channel.kind];
  const taken =
    onlyOne && channel.attachments.length > 0 ? `${onlyOne}: add a channel of its own for another bot` : undefined;
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden ?? taken} onClick={() => setAdding(true)}>
      Give it to bots…
    </Button>
  );
  return (
    <Card
      title={`Bots that have it: ${channel.botCount}`}
      actions={channel.attachments.length > 0 ? add : undefined}
      flush
    >
      {channel.attachments.length === 0 ? (
        <Empty title="No bot has it yet" action={add}>
          Until then nobody answers there.
        </Empty>
      ) : (
        <ul className="divide-y divide-line" aria-label="Attached to">
          {channel.attachments.map((attachment) => (
            <AttachmentRow key={attachment.id} channel={channel} attachment={attachment} forbidden={forbidden} />
          ))}
        </ul>
      )}
      {taken ? <p className="border-t border-line px-4 py-2 text-sm text-muted">{taken}.</p> : null}
      {adding ? <AttachDialog channel={channel} onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

type RowProps = { channel: Channel; attachment: ChannelAttachment; forbidden: string | undefined };

function AttachmentRow({ channel, attachment, forbidden }: RowProps) {
  const { botId, botName, selector, settings } = attachment;
  const [differing, setDiffering] = useState(false);
  const detach = useChannelChange({
    change: () => client.channels.detach({ channelId: channel.id, attachmentId: attachment.id }),
    onDone: ({ botCount }) => tell(`It was taken away. ${count(botCount, 'bot has', 'bots have')} it now.`),
  });
  const whom = botName ?? `bots with ${labelsText(selector)}`;
  const differs = Object.keys(settings).length > 0;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">
          {botId ? (
            <Link href={paths.bot(botId, 'channels')} className="hover:underline">
              {whom}
            </Link>
          ) : (
            whom
          )}
        </p>
        <p className="text-sm text-muted">
          {differs
            ? `Differs. ${sayRules({ ...channel.settings, ...withoutUndefined(settings) })}`
            : 'As the channel says'}
        </p>
      </div>
      <div className="flex gap-2">
        <Button whyNot={forbidden} onClick={() => setDiffering(true)}>
          Differ…<span className="sr-only"> {whom}</span>
        </Button>
        <Button
          look="danger"
          busy={detach.isPending}
          whyNot={forbidden}
          onClick={() => detach.mutate(undefined, { onError: tellTrouble })}
        >
          Take away<span className="sr-only"> from {whom}</span>
        </Button>
      </div>
      {differing ? (
        <OverridesDialog
          channel={channel}
          attachmentId={attachment.id}
          whom={whom}
          overrides={settings}
          onClose={() => setDiffering(false)}
        />
      ) : null}
    </li>
  );
}

function withoutUndefined(settings: ChannelAttachment['settings']): Partial<Channel['settings']> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
