'use client';

import type { Channel } from '@clawster/contract/channel';
import { labelsOf } from '@clawster/contract/label';
import { whyNotAttach } from '@clawster/domain/channel/channels-of';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { BotOrLabels, type WhomWritten } from '../configuration/bot-or-labels.tsx';
import { whyNotLabels } from '../configuration/layer-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

/** Gives a channel to a bot, or to all with some labels. */
export function AttachDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [whom, setWhom] = useState<WhomWritten>({ by: 'bot', botId: '', labels: '' });
  const attach = useChannelChange({
    change: () => client.channels.attach({ channelId: channel.id, ...targetOf(whom) }),
    onDone: ({ name, botCount }) => {
      tell(`${count(botCount, 'bot has', 'bots have')} ${name} now.`);
      onClose();
    },
  });
  const change = (part: Partial<WhomWritten>) => setWhom({ ...whom, ...part });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Give ${channel.name} to bots`}
      lead="They answer there as soon as they took it over."
    >
      <MutationForm mutation={attach}>
        <FormProblem message={whyNotKind(channel, whom)} />
        <BotOrLabels written={whom} change={change} hint="Also those that get these labels later." />
        <DialogButtons onCancel={onClose} busy={attach.isPending} whyNot={whyNotKind(channel, whom) ?? whyNotYet(whom)}>
          Give it to them
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

/** By the rules of the server: some services let one bot alone have an account. */
function whyNotKind(channel: Channel, { by }: WhomWritten): string | undefined {
  const others = channel.attachments.flatMap(({ botName }) => botName ?? []);
  return whyNotAttach(channel, by === 'labels' ? { selector: {} } : {}, others);
}

function whyNotYet({ by, botId, labels }: WhomWritten): string | undefined {
  if (by === 'bot') return botId ? undefined : 'Choose the bot';
  return labels.trim() === '' ? 'Say which labels its bots have' : whyNotLabels(labels);
}

function targetOf({ by, botId, labels }: WhomWritten) {
  return by === 'bot' ? { botId } : { selector: labelsOf(labels.trim()) };
}
