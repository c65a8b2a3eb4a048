'use client';

import { BotName, type Bot } from '@clawster/contract/bot';
import { whyNot } from '@clawster/domain/bot/can';
import { useMutation } from '@tanstack/react-query';
import { CopyPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { useRefresh } from './use-operation.ts';

export function CloneWithMemoryButton({ bot }: { bot: Bot }) {
  const [open, setOpen] = useState(false);
  const forbidden = useWhyForbidden('bot:create');
  const facts = { phase: bot.status.phase, desired: bot.spec.desired, operation: bot.operation?.kind };
  return (
    <>
      <Button icon={<CopyPlus />} whyNot={forbidden ?? whyNot('clone', facts)} onClick={() => setOpen(true)}>
        Clone with its memory…
      </Button>
      {open ? <CloneWithMemoryDialog bot={bot} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** A second bot that knows all this one knows. */
export function CloneWithMemoryDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const [name, setName] = useState(`${bot.name}-2`);
  const router = useRouter();
  const refresh = useRefresh();
  const clone = useMutation({
    mutationFn: () => client.bots.clone({ botId: bot.id, name, memory: true }),
    onSuccess: ({ id }) => {
      refresh();
      router.push(paths.bot(id, 'backups'));
    },
  });
  const wrongName = BotName.safeParse(name).success ? undefined : 'Use letters, digits and hyphens';
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Clone ${bot.name} with its memory`}
      lead={`${bot.name} goes on meanwhile. The new bot has a key of its own, and starts once the memory is there.`}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          clone.mutate();
        }}
      >
        <Field label="Name of the new bot" error={wrongName}>
          {(described) => (
            <Input {...described} value={name} onChange={(event) => setName(event.target.value)} spellCheck={false} />
          )}
        </Field>
        <FormProblem message={clone.error ? sentenceOf(clone.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look="primary" busy={clone.isPending} whyNot={wrongName}>
            Clone
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
