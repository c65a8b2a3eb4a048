'use client';

import type { Orphan } from '@clawster/contract/orphan';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { useChange } from '../../lib/use-change.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TypedConfirmation } from '../../ui/typed-confirmation.tsx';
import { NameField } from '../bot/name-field.tsx';
import { nameIssue } from '../bot/name-refusal.ts';

const lead =
  'It keeps its conversations, memory and files, and who it is. Its model, channels, teams and rules were in the database: it gets what every new bot gets.';

type AdoptDialogProps = { orphan: Orphan; onClose: () => void };

/** Makes a bot of what lies on a target; of another Clawster's after its id was typed. */
export function AdoptDialog({ orphan, onClose }: AdoptDialogProps) {
  const { id, installation } = orphan;
  const [name, setName] = useState(orphan.name);
  const [start, setStart] = useState(false);
  const [typed, setTyped] = useState('');
  const router = useRouter();
  const issue = nameIssue(name);
  const adopt = useChange({
    call: () => client.orphans.adopt({ orphanId: id, name, start, installation }),
    nouns: ['orphans', 'targets', 'bots'],
    said: (bot) => `${bot.name} is yours. ${start ? 'It starts.' : 'Look at its model and channels, then start it.'}`,
    onDone: (bot) => router.push(paths.bot(bot.id)),
  });
  const unconfirmed =
    installation !== undefined && typed !== installation ? 'Type the id of its Clawster first' : undefined;
  return (
    <Dialog open onClose={onClose} title={`Adopt ${orphan.name}?`} lead={lead}>
      <MutationForm mutation={adopt}>
        <NameField label="Name" value={name} error={name === orphan.name ? undefined : issue} onChange={setName} />
        <Checkbox checked={start} onChange={setStart}>
          Start it at once
        </Checkbox>
        {installation === undefined ? null : (
          <>
            <p className="text-sm text-muted">
              Another Clawster put it there. It is ended where it runs, and what it knows is copied; the original stays
              until you destroy it. Do this only if that Clawster is gone for good: else both will run it.
            </p>
            <TypedConfirmation name={installation} typed={typed} onType={setTyped} />
          </>
        )}
        <DialogButtons onCancel={onClose} busy={adopt.isPending} whyNot={issue ?? unconfirmed}>
          Adopt
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
