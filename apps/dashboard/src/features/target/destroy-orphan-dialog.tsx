'use client';

import type { Orphan } from '@clawster/contract/orphan';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { TypedConfirmation } from '../../ui/typed-confirmation.tsx';

type DestroyOrphanDialogProps = { orphan: Orphan; place: string; onClose: () => void };

/** Says what is lost, and asks for the name; of another Clawster's bot for that one's id. */
export function DestroyOrphanDialog({ orphan, place, onClose }: DestroyOrphanDialogProps) {
  const { id, name, installation } = orphan;
  const [typed, setTyped] = useState('');
  const wanted = installation ?? name;
  const destroy = useChange({
    call: () => client.orphans.destroy({ orphanId: id, installation }),
    nouns: ['orphans', 'targets'],
    said: () => `${name} is being destroyed, with its state.`,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Destroy ${name}?`}
      lead={`It is ended on ${place}, and its conversations, memory and files are deleted at once and for good. No copy is kept.${
        installation === undefined ? '' : ' Another Clawster put it there.'
      }`}
    >
      <MutationForm mutation={destroy}>
        <TypedConfirmation name={wanted} typed={typed} onType={setTyped} />
        <DialogButtons
          look="alarm"
          onCancel={onClose}
          busy={destroy.isPending}
          whyNot={typed === wanted ? undefined : `Type ${installation === undefined ? 'its name' : 'the id'} first`}
        >
          Destroy
        </DialogButtons>
      </MutationForm>
    </Dialog>
  );
}
