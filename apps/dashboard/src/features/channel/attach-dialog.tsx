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
import { Field, FormProblem, Select } from '../../ui/field.tsx';
import { LabelsField, whyNotLabels } from '../configuration/layer-fields.tsx';
import { BotSelect } from '../overlay/whom-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

type Whom = { by: 'bot' | 'labels'; botId: string; labels: string };

/** Gives a channel to a bot, or to all with some labels. */
export function AttachDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [whom, setWhom] = useState<Whom>({ by: 'bot', botId: '', labels: '' });
  const attach = useChannelChange({
    change: () => client.channels.attach({ channelId: channel.id, ...targetOf(whom) }),
    onDone: ({ name, botCount }) => {
      tell(`${count(botCount, 'bot has', 'bots have')} ${name} now.`);
      onClose();
    },
  });
  const change = (part: Partial<Whom>) => setWhom({ ...whom, ...part });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Give ${channel.name} to bots`}
      lead="They answer there as soon as they took it over."
    >
      <MutationForm mutation={attach}>
        <FormProblem message={whyNotKind(channel, whom)} />
        <Field label="For">
          {(described) => (
            <Select
              {...described}
              value={whom.by}
              onChange={(event) => change({ by: event.target.value === 'labels' ? 'labels' : 'bot' })}
            >
              <option value="bot">one bot</option>
              <option value="labels">the bots with some labels</option>
            </Select>
          )}
        </Field>
        {whom.by === 'labels' ? (
          <LabelsField
            value={whom.labels}
            error={undefined}
            hint="Also those that get these labels later."
            onChange={(labels) => change({ labels })}
          />
        ) : (
          <Field label="Bot">
            {(described) => (
              <BotSelect
                {...described}
                none="Choose…"
                value={whom.botId}
                onChange={(event) => change({ botId: event.target.value })}
              />
            )}
          </Field>
        )}
        <DialogButtons onCancel={onClose} busy={attach.isPending} whyNot={whyNotKind(channel, whom) ?? whyNotYet(whom)}>
          Give it to them
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}

/** By the rules of the server: some services let one bot alone have an account. */
function whyNotKind(channel: Channel, { by }: Whom): string | undefined {
  const others = channel.attachments.flatMap(({ botName }) => botName ?? []);
  return whyNotAttach(channel, by === 'labels' ? { selector: {} } : {}, others);
}

function whyNotYet({ by, botId, labels }: Whom): string | undefined {
  if (by === 'bot') return botId ? undefined : 'Choose the bot';
  return labels.trim() === '' ? 'Say which labels its bots have' : whyNotLabels(labels);
}

function targetOf({ by, botId, labels }: Whom) {
  return by === 'bot' ? { botId } : { selector: labelsOf(labels.trim()) };
}
