'use client';

import type { Person } from '@clawster/contract/person';
import { useMutation } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';

/** Makes a link by which someone chooses a new passphrase, and shows it once. */
export function ResetLinkDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const make = useMutation({ mutationFn: () => client.people.makeResetLink({ personId: person.id }) });
  const link = make.data?.link;
  if (link)
    return (
      <Dialog
        open
        onClose={onClose}
        title="Hand over the link"
        lead={`By it ${person.name} chooses a new passphrase, once, within 30 minutes. Give it to nobody else: whoever has it can take the account over. It is shown this once.`}
      >
        <code className="mb-4 block rounded-md border border-line bg-ground p-3 font-mono text-sm break-all select-all">
          {link}
        </code>
        <div className="flex justify-end gap-2">
          <CopyButton text={() => link} label="Copy the link" />
          <Button look="primary" onClick={onClose}>
            I have it
          </Button>
        </div>
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`A new passphrase for ${person.name}?`}
      lead="You get a link to hand over. Make sure that it is really they who ask: by phone or in person, not by a mail that came to you. What you do here is in the audit trail, and their second factor is asked for as always."
    >
      <FormProblem message={make.error ? sentenceOf(make.error) : undefined} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" busy={make.isPending} onClick={() => make.mutate()}>
          Make the link
        </Button>
      </div>
    </Dialog>
  );
}
