'use client';

import type { Bot } from '@clawster/contract/bot';
import type { Revision } from '@clawster/contract/revision';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';

type LabelDialogProps = { bot: Bot; revision: Revision; onClose: () => void };

/** Names a revision, so that it is found again; an empty name takes it away. */
export function LabelDialog({ bot, revision: { number, label: known }, onClose }: LabelDialogProps) {
  const queryClient = useQueryClient();
  const [label, setLabel] = useState(known ?? '');
  const save = useMutation({
    mutationFn: () => client.revisions.label({ botId: bot.id, number, label: label.trim() || null }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['revisions'] });
      tell(label.trim() ? `Revision ${number} is named ${label.trim()}.` : `Revision ${number} has no name.`);
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Name revision ${number}`}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field
          label="Name"
          error={save.error ? sentenceOf(save.error) : undefined}
          hint="Such as before-the-launch; empty takes the name away."
        >
          {(described) => (
            <Input
              {...described}
              value={label}
              maxLength={60}
              autoFocus
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Field>
        <DialogButtons onCancel={onClose} busy={save.isPending}>
          Save the name
        </DialogButtons>
      </form>
    </Dialog>
  );
}
