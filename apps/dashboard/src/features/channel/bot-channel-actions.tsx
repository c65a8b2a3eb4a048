import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { BotChannel } from '@clawster/contract/channel';
import { useQuery } from '@tanstack/react-query';
import { QrCode, Unlink } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { labelsText } from '../configuration/layer-fields.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { useChannelChange } from './use-channel-change.ts';

const LinkDialog = lazily(() => import('./link-dialog.tsx').then((module) => module.LinkDialog));
const OverridesDialog = lazily(() => import('./overrides-dialog.tsx').then((module) => module.OverridesDialog));

type OneProps = { bot: Bot; channel: BotChannel };

/** What can be done with a channel of a bot. */
export function BotChannelActions({ bot, channel }: OneProps) {
  const { channelId, attachmentId, name, selector } = channel;
  const forbidden = whyForbidden(useIdentity(), 'connector:manage', bot);
  const detach = useChannelChange({
    change: () => client.channels.detach({ channelId, attachmentId }),
    onDone: () => tell(`${bot.name} does not have ${name} any more.`),
  });
  const byLabels = selector ? `It has it by its labels ${labelsText(selector)}: change that at the channel` : undefined;
  return (
    <div className="flex flex-wrap gap-2">
      {channel.kind === 'whatsapp' ? <PhoneButtons bot={bot} channel={channel} forbidden={forbidden} /> : null}
      <DifferButton bot={bot} channel={channel} whyNot={forbidden ?? byLabels} />
      <Button
        look="danger"
        busy={detach.isPending}
        whyNot={forbidden ?? byLabels}
        onClick={() => detach.mutate(undefined, { onError: tellTrouble })}
      >
        Take away<span className="sr-only"> {name}</span>
      </Button>
    </div>
  );
}

function DifferButton({ bot, channel, whyNot }: OneProps & { whyNot: string | undefined }) {
  const { channelId, attachmentId, name } = channel;
  const [open, setOpen] = useState(false);
  // What the channel itself says is known by the channel alone.
  const { data } = useQuery({ ...q(api.channels.get, { channelId }), enabled: open });
  const attachment = data?.attachments.find(({ id }) => id === attachmentId);
  return (
    <>
      <Button whyNot={whyNot} busy={open && !data} onClick={() => setOpen(true)}>
        Differ…<span className="sr-only"> {name}</span>
      </Button>
      {open && data && attachment ? (
        <OverridesDialog
          channel={data}
          attachmentId={attachmentId}
          whom={bot.name}
          overrides={attachment.settings}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}

function PhoneButtons({ bot, channel, forbidden }: OneProps & { forbidden: string | undefined }) {
  const { channelId, status } = channel;
  // As it was when it began: that the phone is linked by now must not begin it anew.
  const [linking, setLinking] = useState<{ force: boolean }>();
  const isLinked = status.linkedAs !== undefined || status.state === 'connected';
  const isOff = bot.spec.desired === 'running' ? undefined : 'Start the bot first';
  const unlink = useChannelChange({
    change: () => client.channels.logout({ botId: bot.id, channelId }),
    onDone: ({ message }) => tell(message),
  });
  return (
    <>
      <Button
        look="primary"
        icon={<QrCode />}
        whyNot={forbidden ?? isOff}
        onClick={() => setLinking({ force: isLinked })}
      >
        {isLinked ? 'Link another phone…' : 'Link by phone…'}
      </Button>
      {isLinked ? (
        <Button
          icon={<Unlink />}
          busy={unlink.isPending}
          whyNot={forbidden ?? isOff}
          onClick={() => unlink.mutate(undefined, { onError: tellTrouble })}
        >
          Unlink
        </Button>
      ) : null}
      {linking ? (
        <LinkDialog bot={bot} channel={channel} force={linking.force} onClose={() => setLinking(undefined)} />
      ) : null}
    </>
  );
}
