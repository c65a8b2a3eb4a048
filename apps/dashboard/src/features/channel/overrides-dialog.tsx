'use client';

import type { Channel } from '@clawster/contract/channel';
import type { ChannelOverrides } from '@clawster/contract/channel-settings';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { RulesFields } from './rules-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

type OverridesProps = {
  channel: Pick<Channel, 'id' | 'name' | 'kind' | 'settings'>;
  attachmentId: string;
  whom: string;
  overrides: ChannelOverrides;
  onClose: () => void;
};

/** How a bot, or those with some labels, does otherwise than the channel says. */
export function OverridesDialog({ channel, attachmentId, whom, overrides, onClose }: OverridesProps) {
  const [rules, setRules] = useState(overrides);
  const save = useChannelChange({
    change: () => client.channels.updateAttachment({ channelId: channel.id, attachmentId, settings: rules }),
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`${channel.name} for ${whom}`}
      lead="What is not chosen is as the channel says."
    >
      <MutationForm mutation={save}>
        <RulesFields kind={channel.kind} rules={rules} below={channel.settings} optional onChange={setRules} />
        <DialogButtons onCancel={onClose} busy={save.isPending}>
          Save
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
