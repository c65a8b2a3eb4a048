'use client';

import type { Bot } from '@clawster/contract/bot';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { type Named, NameFields } from './name-fields.tsx';

/** Makes a template of what a bot is. */
export function SaveBotDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [named, setNamed] = useState<Named>({ name: bot.name, summary: '' });
  const save = useMutation({
    mutationFn: () => client.templates.saveBot({ botId: bot.id, ...named }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
      tell(`The template ${made.name} is there.`, {
        label: 'Open it',
        onClick: () => router.push(paths.configuration('templates', made.id)),
      });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Save ${bot.name} as a template`}
      lead="What all its layers come to, in one: other bots can be made from it. Its conversations and memory stay with it."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <NameFields named={named} onChange={setNamed} />
        <FormProblem message={save.error ? sentenceOf(save.error) : undefined} />
        <DialogButtons
          onCancel={onClose}
          busy={save.isPending}
          whyNot={named.name.trim() ? undefined : 'Name the template first'}
        >
          Save the template
        </DialogButtons>
      </form>
    </Dialog>
  );
}
