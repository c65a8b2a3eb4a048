'use client';

import type { Backup } from '@clawster/contract/backup';
import { BotName, type Bot } from '@clawster/contract/bot';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { useBegin } from './use-operation.ts';

type RestoreDialogProps = { bot: Bot; backup: Backup; onClose: () => void };

/** Into the same bot, or as a new one; says what is lost by it. */
export function RestoreDialog({ bot, backup, onClose }: RestoreDialogProps) {
  const [asNew, setAsNew] = useState(false);
  const [name, setName] = useState(`${bot.name}-2`);
  const router = useRouter();
  const restore = useBegin(
    () => client.backups.restore({ backupId: backup.id, ...(asNew ? { name } : {}) }),
    ({ botId }) => {
      onClose();
      if (botId !== bot.id) router.push(paths.bot(botId, 'backups'));
    },
  );
  const wrongName = asNew && !BotName.safeParse(name).success ? 'Use letters, digits and hyphens' : undefined;
  return (
    <Dialog open onClose={onClose} title={`Restore the backup of ${exactTime(backup.createdAt)}`}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          restore.mutate();
        }}
      >
        <div role="radiogroup" aria-label="Where to" className="space-y-2">
          <Choice
            name="where"
            value="same"
            checked={!asNew}
            onChoose={() => setAsNew(false)}
            title={`Into ${bot.name}`}
          >
            It stops for the moment. What it learnt since then is lost.
          </Choice>
          <Choice name="where" value="new" checked={asNew} onChoose={() => setAsNew(true)} title="As a new bot">
            {bot.name} stays as it is.
          </Choice>
        </div>
        {asNew ? (
          <Field label="Name of the new bot" error={wrongName}>
            {(described) => (
              <Input {...described} value={name} onChange={(event) => setName(event.target.value)} spellCheck={false} />
            )}
          </Field>
        ) : null}
        <FormProblem message={restore.error ? sentenceOf(restore.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look={asNew ? 'primary' : 'danger'} busy={restore.isPending} whyNot={wrongName}>
            Restore
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
