'use client';

import type { Bot } from '@clawster/contract/bot';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/field.tsx';
import { NameField } from '../name-field.tsx';
import { nameIssue, nameRefusal } from '../name-refusal.ts';
import { nextName } from '../next-name.ts';
import { useRestore } from './use-restore.ts';

/** Asks for another name, for the bot's own was taken meanwhile. */
export function RestoreDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const [name, setName] = useState(() => nextName(bot.name));
  const restore = useRestore(bot);
  const issue = nameIssue(name);
  const refused = restore.variables === name ? nameRefusal(restore.error) : {};
  return (
    <Dialog
      open
      onClose={onClose}
      title="Restore under another name"
      lead={`Another bot is named ${bot.name} now. All else of this one comes back as it was.`}
    >
      <form
        noValidate
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!issue) restore.mutate(name, { onSuccess: onClose });
        }}
      >
        <FormProblem message={refused.form} />
        <NameField label="Its new name" value={name} error={issue ?? refused.name} onChange={setName} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={restore.isPending} whyNot={issue}>
            Restore
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
