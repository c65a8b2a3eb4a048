'use client';

import type { Channel } from '@clawster/contract/channel';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { type CredentialDraft, credentialsOf, whyNotGiven } from './credential-draft.ts';
import { CredentialFields } from './credential-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

/** Gives a channel other tokens, for all its bots at once. */
export function ReplaceTokensDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { id: channelId, kind, name, botCount } = channel;
  const [draft, setDraft] = useState<CredentialDraft>({});
  const save = useChannelChange({
    change: () => client.channels.update({ channelId, credentials: credentialsOf(kind, draft) }),
    onDone: () => {
      tell(`${name} has other tokens.`);
      onClose();
    },
  });
  const reach =
    botCount === 0 ? 'No bot has it yet.' : `Then ${count(botCount, 'bot')} get them at once, without waves.`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Other tokens of ${name}`}
      lead={`They are tried first. ${reach} To go in waves, rotate the secret instead.`}
    >
      <MutationForm mutation={save}>
        <CredentialFields kind={kind} draft={draft} onChange={setDraft} />
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={whyNotGiven(kind, draft)}>
          Test and replace
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
