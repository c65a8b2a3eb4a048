'use client';

import type { Bot } from '@clawster/contract/bot';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { paths } from '../../../lib/paths.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { tell } from '../../../lib/toast.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/field.tsx';
import { TypedConfirmation } from '../../../ui/typed-confirmation.tsx';
import { rememberBot } from '../use-bot-action.ts';

const keepStateDays = 7;

/** Says what a destruction touches, and asks for the name. */
export function DestroyDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [atOnce, setAtOnce] = useState(false);
  const router = useRouter();
  const queryClient = useQueryClient();
  const destroy = useMutation({
    mutationFn: () => client.bots.destroy({ botId: bot.id, keepStateDays: atOnce ? 0 : keepStateDays }),
    onSuccess: (destroyed) => {
      rememberBot(queryClient, destroyed);
      if (atOnce) tell(`${bot.name} is being destroyed, with its state.`);
      else
        tell(
          `${bot.name} is being destroyed. Until its state is deleted in ${keepStateDays} days it can be restored.`,
          {
            label: 'See it',
            onClick: () => router.push(paths.bot(bot.id)),
          },
        );
      router.push(paths.bots);
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Destroy ${bot.name}?`} lead={<BlastRadius bot={bot} atOnce={atOnce} />}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          destroy.mutate();
        }}
      >
        <Checkbox checked={atOnce} onChange={setAtOnce}>
          Delete its state at once instead of after {keepStateDays} days
        </Checkbox>
        <TypedConfirmation name={bot.name} typed={typed} onType={setTyped} />
        <FormProblem message={destroy.error ? sentenceOf(destroy.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            look="alarm"
            busy={destroy.isPending}
            whyNot={typed === bot.name ? undefined : "Type the bot's name first"}
          >
            Destroy
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function BlastRadius({ bot, atOnce }: { bot: Bot; atOnce: boolean }) {
  return (
    <>
      <p>This touches:</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        <li>its gateway on {bot.targetName}: it stops answering at once</li>
        <li>
          its conversations, memory and files:{' '}
          {atOnce ? 'deleted for good, at once' : `kept for ${keepStateDays} days, then deleted`}
        </li>
        <li>its access to {bot.connectorName}: withdrawn; the connector and other bots are not touched</li>
      </ul>
    </>
  );
}
