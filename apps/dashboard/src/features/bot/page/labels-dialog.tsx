'use client';

import type { Bot } from '@clawster/contract/bot';
import { labelsOf, Selector } from '@clawster/contract/label';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { DialogButtons } from '../../../ui/dialog-buttons.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field, FormProblem, Textarea } from '../../../ui/field.tsx';

/** Replaces a bot's labels: a line for each. */
export function LabelsDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [text, setText] = useState(() =>
    Object.entries(bot.labels)
      .map((pair) => pair.join('='))
      .join('\n'),
  );
  const lines = text.split(/[\n,]/).map((line) => line.trim());
  const selector = lines.filter(Boolean).join(',');
  const fits = selector === '' || Selector.safeParse(selector).success;
  const wrong = fits ? undefined : 'Write name=value, a line for each; names in lower-case letters';
  const save = useMutation({
    mutationFn: () => client.bots.label({ botId: bot.id, labels: selector === '' ? {} : labelsOf(selector) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['bots'] });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Labels of ${bot.name}`}
      lead="They tell bots apart, and decide who reaches this one by a role for the bots with some labels."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Field label="Labels" error={wrong} hint="A line for each, such as team=support.">
          {(described) => (
            <Textarea {...described} rows={5} value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <FormProblem message={save.error ? sentenceOf(save.error) : undefined} />
        <DialogButtons onCancel={onClose} busy={save.isPending} whyNot={wrong}>
          Save the labels
        </DialogButtons>
      </form>
    </Dialog>
  );
}
