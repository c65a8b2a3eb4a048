'use client';

import type { Person } from '@clawster/contract/person';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';

/** Makes a link by which someone chooses a new passphrase, and shows it once. */
export function ResetLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const make = useMutation({ mutationFn: () => client.people.makeResetLink({ personId: person.id }) });
  const link = make.data?.link;
  if (link)
    return (
      <ShownOnceDialog
        title="Hand over the link"
        lead={`By it ${person.name} chooses a new passphrase, once, within 30 minutes. Give it to nobody else: whoever has it can take the account over. It is shown this once.`}
        what="link"
        value={link}
        onClose={onClose}
      />
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`A new passphrase for ${person.name}?`}
      lead="You get a link to hand over. Make sure that it is really they who ask: by phone or in person, not by a mail that came to you. What you do here is in the audit trail, and their second factor is asked for as always."
    >
      <FormProblem message={make.error ? sentenceOf(make.error) : undefined} />
      <DialogButtons busy={make.isPending} onDo={() => make.mutate()} onCancel={onClose}>
        Make the link
      </DialogButtons>
    </Dialog>
  );
}
