'use client';

import type { Bot } from '@clawster/contract/bot';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { paths } from '../../../lib/paths.ts';
import { tell } from '../../../lib/toast.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/field.tsx';
import { useRefresh } from '../../backup/use-operation.ts';
import { NameField } from '../name-field.tsx';
import { nameIssue, nameRefusal } from '../name-refusal.ts';
import { nextName } from '../next-name.ts';
import { rememberBot } from '../use-bot-action.ts';

type Wish = { name: string; start: boolean; memory: boolean };

/** A new bot with the configuration of this one and, when asked, with all it knows. */
export function CloneDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const [wish, setWish] = useState<Wish>(() => ({ name: nextName(bot.name), start: true, memory: false }));
  const clone = useClone(bot, onClose);
  const refused = clone.variables?.name === wish.name ? nameRefusal(clone.error) : {};
  const issue = nameIssue(wish.name);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Clone ${bot.name}`}
      lead={`The new bot gets the same target, model, connector, personality and limits, and a key of its own. ${bot.name} goes on meanwhile.`}
    >
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!issue) clone.mutate(wish);
        }}
      >
        <FormProblem message={refused.form} />
        <NameField
          label="Name of the new bot"
          value={wish.name}
          error={issue ?? refused.name}
          onChange={(name) => setWish({ ...wish, name })}
        />
        <Checkbox checked={wish.memory} onChange={(memory) => setWish({ ...wish, memory })}>
          Take its memory along
          <span className="block text-muted">
            {wish.memory
              ? `The new bot begins with the conversations, memory and files of ${bot.name}.`
              : `What ${bot.name} said and remembers stays with it.`}
          </span>
        </Checkbox>
        <Checkbox checked={wish.start} onChange={(start) => setWish({ ...wish, start })}>
          {wish.memory ? 'Start it once its memory is there' : 'Start it now'}
        </Checkbox>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={clone.isPending} whyNot={issue}>
            Clone
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function useClone(bot: Bot, onDone: () => void) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (wish: Wish) => client.bots.clone({ botId: bot.id, ...wish }),
    onSuccess: (made, wish) => {
      rememberBot(queryClient, made);
      refresh();
      tell(`${made.name} was cloned from ${bot.name}; ${whatComes(wish)}.`);
      onDone();
      router.push(paths.bot(made.id));
    },
  });
}

function whatComes({ start, memory }: Wish): string {
  if (memory) return start ? 'it starts once its memory is there' : 'its memory is on its way';
  return start ? 'it is starting' : 'it is not started yet';
}
