'use client';

import type { Backup } from '@clawster/contract/backup';
import type { Bot } from '@clawster/contract/bot';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { NameField } from '../bot/name-field.tsx';
import { nameIssue, nameRefusal } from '../bot/name-refusal.ts';
import { nextName } from '../bot/next-name.ts';
import { useWhyNot } from '../bot/use-why-not.ts';
import { useBegin } from './use-operation.ts';

type RestoreDialogProps = { bot: Bot; backup: Backup; onClose: () => void };

/** Into the same bot while there is one, or as a new one; says what is lost by it. */
export function RestoreDialog({ bot, backup, onClose }: RestoreDialogProps) {
  // Only a bot that may be backed up can have its state replaced.
  const whyNotSame = useWhyNot()('backup', bot);
  const [asNew, setAsNew] = useState(whyNotSame !== undefined);
  const [name, setName] = useState(() => nextName(bot.name));
  const restore = useRestoreBackup(bot, backup, onClose);
  const refused = refusalOf(restore, asNew ? name : undefined);
  const issue = asNew ? nameIssue(name) : undefined;
  return (
    <Dialog open onClose={onClose} title={`Restore the backup of ${exactTime(backup.createdAt)}`}>
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!issue) restore.mutate(asNew ? name : undefined);
        }}
      >
        <div role="radiogroup" aria-label="Where to" className="space-y-2">
          <Choice
            name="where"
            value="same"
            checked={!asNew}
            onChoose={() => setAsNew(false)}
            title={`Into ${bot.name}`}
            disabled={whyNotSame !== undefined}
          >
            {whyNotSame ?? 'It stops for the moment. What it learnt since then is lost.'}
          </Choice>
          <Choice name="where" value="new" checked={asNew} onChoose={() => setAsNew(true)} title="As a new bot">
            {bot.name} stays as it is.
          </Choice>
        </div>
        {asNew ? (
          <NameField label="Name of the new bot" value={name} error={issue ?? refused.name} onChange={setName} />
        ) : null}
        <FormProblem message={refused.form} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" look={asNew ? 'primary' : 'danger'} busy={restore.isPending} whyNot={issue}>
            Restore
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** With a name as a new bot, whose page is shown then. */
function useRestoreBackup(bot: Bot, { id: backupId }: Backup, onClose: () => void) {
  const router = useRouter();
  return useBegin(
    (name: string | undefined) => client.backups.restore({ backupId, ...(name ? { name } : {}) }),
    ({ botId }) => {
      onClose();
      if (botId !== bot.id) router.push(paths.bot(botId, 'backups'));
    },
  );
}

/** Of what was asked last, as long as that is what would be asked again. */
function refusalOf(
  { error, variables }: { error: Error | null; variables: string | undefined },
  wanted: string | undefined,
): ReturnType<typeof nameRefusal> {
  if (!error || variables !== wanted) return {};
  return wanted === undefined ? { form: sentenceOf(error) } : nameRefusal(error);
}
